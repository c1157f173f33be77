/**
 * The office, put together once for all shells: the server and the desktop differ only in where they keep data and keys, so that is
 * what they pass; everything behind it (gateways, archive, router, outbox, the order of closing) must not differ.
 */
import { router } from './api/handlers/index.ts'
import type { Office } from './api/handlers/office.ts'
import { openGateways } from './gateway/gateway.ts'
import { systemClock, systemIds } from './keys/system.ts'
import type { KeyStore, Log, Storage } from './ports.ts'
import { folderBlobs } from './system/folder-blobs.ts'
import { type Meter, measured } from './system/measured.ts'
import { rehearsalAt } from './system/rehearsal.ts'
import { version } from './system/version.ts'
import { workerName } from './system/worker.ts'
import type { Environment } from './vocabulary.ts'
import { keepArchive } from './workflow/archive-catch-up.ts'
import { watchClock } from './workflow/clock-guard.ts'
import { runOutbox } from './workflow/outbox.ts'

export interface OfficeOptions {
  readonly shell: Office['shell']
  readonly storage: Storage
  readonly keys: KeyStore
  /** Folder for the signed and cleared files */
  readonly archive: string
  /** Those in which new units may be made; the first is the default */
  readonly environments: readonly Environment[]
  /** A running practice gateway, started by the shell */
  readonly practice: PracticeAddress | undefined
  readonly log: Log
  /** Hears what is issued, sent and settled, and how long it took */
  readonly meter?: Meter | undefined
}

export interface PracticeAddress {
  readonly url: string
  readonly baseUrls: { readonly practice: string }
}

/** Starts sending what waits; `close` finishes what is under way and then closes the storage. */
export const createOffice = (options: OfficeOptions) => {
  const { archive, practice, meter, ...given } = options
  const clockWatch = watchClock(systemClock)
  const plain: Office = {
    ...given,
    version,
    // What ZATCA remarks on is kept as it was said; the people of the office read Arabic first.
    gateway: openGateways({
      practiceUrl: practice?.baseUrls.practice,
      language: 'ar',
      onServerTime: clockWatch.heard,
    }),
    blobs: folderBlobs(archive),
    clock: systemClock,
    clockWatch,
    ids: systemIds,
    rehearsal: practice && rehearsalAt(practice.url, systemClock),
  }
  const office = meter === undefined ? plain : measured(plain, meter)
  const stop = new AbortController()
  const sending = runOutbox(office, { signal: stop.signal, owner: workerName })
  const archiving = keepArchive(office, { signal: stop.signal })
  const close = async (): Promise<void> => {
    stop.abort()
    await sending
    await archiving
    await office.storage.close()
  }
  return { office, router: router(office), close }
}

export type RunningOffice = ReturnType<typeof createOffice>
