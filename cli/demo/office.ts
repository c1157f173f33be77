/** The demo's surroundings: a practice gateway, a fresh database, keys in memory, and the archive in the output folder. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#core/errors.ts'
import { openGateways } from '#core/gateway/gateway.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock, systemIds } from '#core/keys/system.ts'
import type { Blobs, Log, Ports } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { startPractice } from '#practice/index.ts'

export interface DemoOffice {
  readonly ports: Ports
  /** The practice gateway without a path */
  readonly practiceUrl: string
  close(): Promise<void>
}

export const openDemoOffice = async (folder: string, log: Log): Promise<DemoOffice> => {
  await emptyFolder(folder)
  const practice = await startPractice()
  const storage = await openSqlite({ file: join(folder, 'khatm.sqlite') })
  const ports: Ports = {
    storage,
    gateway: openGateways({ practiceUrl: practice.baseUrls.practice }),
    keys: keyStore(memoryEncryption()),
    blobs: flatBlobs(folder),
    clock: systemClock,
    ids: systemIds,
    log,
  }
  const close = async () => {
    await storage.close()
    await practice.close()
  }
  return { ports, practiceUrl: practice.url, close }
}

const marker = '.khatm-demo'

/** Only a folder that an earlier demo made is emptied; anybody else's files are left alone. */
const emptyFolder = async (folder: string): Promise<void> => {
  const used = existsSync(folder) && (await readdir(folder)).length > 0
  if (used && !existsSync(join(folder, marker))) {
    throw new Failure('usage/invalid-value', { details: { option: '--out', value: folder } })
  }
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, marker), '')
}

/** One company in one environment: `signed/` and `cleared/` right below the folder. */
const flatBlobs = (folder: string): Blobs => {
  const blobs = folderBlobs(folder)
  const flat = (path: string): string => path.split('/').slice(2).join('/')
  return { ...blobs, put: (path, bytes) => blobs.put(flat(path), bytes), get: (path) => blobs.get(flat(path)) }
}
