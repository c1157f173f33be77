/**
 * The office, put together once for all shells: the server and the desktop differ only in where they keep data and keys, so that is
 * what they pass; everything behind it (gateways, archive, router, outbox, the order of closing) must not differ.
 */
import { router } from './api/handlers/index.ts'
import type { Office } from './api/handlers/office.ts'
import { movedChains } from './backup/move.ts'
import { type BackupPlanner, type ScheduledBackups, scheduledBackups } from './backup/schedule.ts'
import { type CourierOptions, courier } from './courier/courier.ts'
import { Failure } from './errors.ts'
import { openGateways } from './gateway/gateway.ts'
import { systemClock, systemIds } from './keys/system.ts'
import { listening } from './notify/listening.ts'
import { tellWebhooks } from './notify/telling.ts'
import type { Anchors, Gateway, KeyStore, Log, Storage } from './ports.ts'
import { folderBlobs } from './system/folder-blobs.ts'
import { type Meter, measured } from './system/measured.ts'
import { rehearsalAt } from './system/rehearsal.ts'
import { version } from './system/version.ts'
import { workerName } from './system/worker.ts'
import type { Environment } from './vocabulary.ts'
import { keepArchive } from './workflow/archiving/archive-catch-up.ts'
import { watchClock } from './workflow/clock-guard.ts'
import { watchExpiries } from './workflow/onboarding/expiry-notices.ts'
import { compareWithAnchors, runAnchors } from './workflow/proving/anchors.ts'
import { runOutbox } from './workflow/sending/outbox.ts'

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
  /** Where the heads of the chains are kept outside the database */
  readonly anchors?: Anchors | undefined
  /** Absent where nobody can say where they go */
  readonly backups?: BackupPlanner | undefined
  /** False where another process of the office sends, archives, anchors and backs up; what a person asks for is done everywhere */
  readonly background?: boolean | undefined
  /** Issuer of the office's own sign-in service */
  readonly signInService?: string | undefined
  /** Which addresses may be told what happens; public ones by https when absent */
  readonly webhooks?: CourierOptions | undefined
  /** Hears what is issued, sent and settled, and how long it took */
  readonly meter?: Meter | undefined
  /** Stands around every gateway and sees what passes; nothing else about it may change */
  readonly watchGateway?: ((gateway: Gateway, environment: Environment) => Gateway) | undefined
}

export interface PracticeAddress {
  readonly url: string
  readonly baseUrls: { readonly practice: string }
}

/**
 * Looks first whether this is the newest state of the office: a database that was moved away is refused, and what is older than its
 * anchors is frozen. Then starts sending what waits; `close` finishes what is under way and then closes the storage. Throws
 * `storage/moved` and `anchors/unavailable`; the storage is closed then.
 */
export const createOffice = async (options: OfficeOptions) => {
  const { archive, practice, meter, watchGateway, backups: planner, webhooks, background = true, ...given } = options
  const clockWatch = watchClock(systemClock)
  // What ZATCA remarks on is kept as it was said; the people of the office read Arabic first.
  const gateway = openGateways({
    practiceUrl: practice?.baseUrls.practice,
    language: 'ar',
    onServerTime: (...told) => {
      clockWatch.heard(...told)
      meter?.clockWrong(Math.abs(clockWatch.skew() ?? 0) / 1000)
    },
  })
  const plain: Office = {
    ...given,
    version,
    gateway: watchGateway === undefined ? gateway : (environment) => watchGateway(gateway(environment), environment),
    blobs: folderBlobs(archive),
    courier: courier(webhooks),
    listen: listening(options.storage.read, options.log),
    clock: systemClock,
    clockWatch,
    ids: systemIds,
    rehearsal: practice && rehearsalAt(practice.url, systemClock),
  }
  const ports = meter === undefined ? plain : measured(plain, meter)
  const backups = planner && scheduledBackups(ports, planner)
  const office = { ...ports, backups }
  await assertNewest(office)
  const stop = new AbortController()
  const running = background ? work(office, stop.signal) : []
  const close = async (): Promise<void> => {
    stop.abort()
    for (const each of running) await each
    await office.storage.close()
  }
  return { office, router: router(office), close }
}

/** What goes on by itself until the signal. */
const work = (office: Office & { readonly backups: ScheduledBackups | undefined }, signal: AbortSignal) => [
  runOutbox(office, { signal, owner: workerName }),
  keepArchive(office, { signal }),
  runAnchors(office, { signal }),
  watchExpiries(office, signal),
  tellWebhooks(office, { signal }),
  office.backups?.keepOn({ signal }),
]

const assertNewest = async (office: Office): Promise<void> => {
  try {
    if ((await movedChains(office.storage)).length > 0) throw new Failure('storage/moved')
    await compareWithAnchors(office)
  } catch (error) {
    await office.storage.close()
    throw error
  }
}

export type RunningOffice = Awaited<ReturnType<typeof createOffice>>
