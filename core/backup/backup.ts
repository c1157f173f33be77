/** Backups: written while the office works, compressed and encrypted, and good only after they were opened again and proved. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { asFailure, type FailureCode } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { AuditEntry, BackupRun, Ports } from '#core/ports.ts'
import { auditDatabase, type DatabaseAudit } from '#core/workflow/proving/audit-database.ts'
import { type BackupKey, decrypted, encrypted, newSeal, openSeal, reading } from './container.ts'
import { type DatabaseAt, type RewrapBy, rewrappedRows } from './keys.ts'
import { type BackupHead, changed, parsed, type ReadBackup, type Tally, written } from './rows.ts'

type BackupPorts = Pick<Ports, 'storage' | 'clock' | 'ids' | 'log'>

export interface BackupOptions {
  /** Replaced when it exists, and only by a backup that opens */
  readonly file: string
  /** Asked for when it is needed; what it throws is the problem of the run */
  readonly openKey: () => Promise<BackupKey>
  /** False where a folder that is not there is a disk that is not connected */
  readonly createsFolder?: boolean
  readonly program: string
  readonly actor: string
  /** A private folder on this machine's own disk, where the backup is opened again to be proved */
  readonly scratch: string
  readonly databaseAt: DatabaseAt
  /** Absent where the office's key-encryption key cannot be reached: the keys then stay wrapped by it */
  readonly rewrapBy?: RewrapBy | undefined
  readonly onProgress?: (documents: number) => void
}

/**
 * Writes, opens again and proves; records the run, whatever comes of it. `problem` is the code of what went wrong: `backup/unproven` when
 * the file is there but a chain in it is broken. A file that does not even open never gets its name.
 */
export const runBackup = async (ports: BackupPorts, options: BackupOptions): Promise<BackupRun> => {
  const startedAt = instant(ports.clock.now())
  const outcome = await attempt(ports, options)
  const finishedAt = instant(ports.clock.now())
  const run: BackupRun = { id: ports.ids.uuid(), startedAt, finishedAt, target: options.file, ...outcome }
  await ports.storage.write(async (tx) => {
    await tx.addBackupRun(run)
    await tx.addAudit(entryOf(run, options.actor))
  })
  const { bytes, documents, problem } = run
  if (run.verified) ports.log.info('backup/done', { bytes, documents })
  else ports.log.error('backup/failed', { bytes, documents, problem })
  return run
}

interface WithKey {
  readonly key: BackupKey
}

type Outcome = Pick<BackupRun, 'bytes' | 'documents' | 'verified' | 'problem'>

const attempt = async (ports: BackupPorts, options: BackupOptions): Promise<Outcome> => {
  // Two replicas may be at it at once: each writes its own, and the name goes to a whole one.
  const passing = `${options.file}.${ports.ids.uuid()}.part`
  try {
    const key = await options.openKey()
    if (options.createsFolder ?? true) await mkdir(dirname(options.file), { recursive: true })
    await writeBackup(ports, { ...options, file: passing, key })
    const { audit } = await proveBackup({ ...options, file: passing, key })
    await rename(passing, options.file)
    const { size } = await stat(options.file)
    const problem = audit.ok ? undefined : 'backup/unproven'
    return { bytes: size, documents: audit.documents, verified: audit.ok, problem }
  } catch (error) {
    await rm(passing, { force: true })
    return { bytes: 0, documents: 0, verified: false, problem: problemOf(error) }
  }
}

/** What the operating system says about the place where backups go. */
const placeProblems: Readonly<Record<string, FailureCode>> = {
  ENOENT: 'backup/folder-unavailable',
  ENOTDIR: 'backup/folder-unavailable',
  EACCES: 'backup/folder-unavailable',
  EPERM: 'backup/folder-unavailable',
  EROFS: 'backup/folder-unavailable',
  ENOSPC: 'storage/full',
  EDQUOT: 'storage/full',
}

const problemOf = (error: unknown): FailureCode => {
  const told = error instanceof Error && 'code' in error ? placeProblems[String(error.code)] : undefined
  return told ?? asFailure(error).code
}

const entryOf = (
  { finishedAt, target, bytes, documents, verified, problem }: BackupRun,
  actor: string,
): AuditEntry => ({
  at: finishedAt,
  actor,
  action: verified ? 'backup/done' : 'backup/failed',
  subject: 'backup',
  details: { target, bytes, documents, problem: problem ?? null },
})

const writeBackup = async (
  { storage, clock }: BackupPorts,
  { file, key, program, rewrapBy }: Pick<BackupOptions, 'file' | 'program' | 'rewrapBy'> & WithKey,
): Promise<void> => {
  const seal = await newSeal(key)
  const keys: BackupHead['keys'] = rewrapBy === undefined ? 'as-wrapped-by-the-office' : 'in-backup'
  await storage.dump(async ({ schema, items }) => {
    const changes = rewrapBy === undefined ? {} : await rewrappedRows(storage.read, rewrapBy(seal.wrappingKey))
    const head = { takenAt: instant(clock.now()), program, keys }
    await pipeline(
      written(head, { schema, items: changed(items, changes) }),
      createGzip({ level: 1 }),
      (compressed: AsyncIterable<Uint8Array>) => encrypted(seal, compressed),
      createWriteStream(file, { mode: 0o600, flush: true }),
    )
  })
}

/** Lends what a backup holds; what `use` reads is proved piece by piece. Throws `backup/wrong-key`, `backup/damaged`. */
export const openBackup = async <T>(
  file: string,
  key: BackupKey,
  use: (backup: ReadBackup & { readonly wrappingKey: Uint8Array }) => Promise<T>,
): Promise<T> => {
  const source = createReadStream(file)
  const text = createGunzip()
  try {
    const read = reading(source)
    const seal = await openSeal(read, key)
    const unpacking = pipeline(decrypted(seal, read), text)
    // Whoever reads the text learns of the failure there; here it must only not go unheard.
    unpacking.catch(() => undefined)
    const done = await use({ ...(await parsed(text)), wrappingKey: seal.wrappingKey })
    await unpacking
    return done
  } finally {
    source.destroy()
    text.destroy()
  }
}

export interface ProvenBackup {
  readonly head: BackupHead
  readonly tally: Tally
  readonly audit: DatabaseAudit
}

/** The restore drill: restores into a database that is thrown away, and audits it. Nothing of the office is needed or touched. */
export const proveBackup = async (
  options: Pick<BackupOptions, 'file' | 'scratch' | 'databaseAt' | 'onProgress'> & WithKey,
): Promise<ProvenBackup> => {
  const { file, key, scratch, databaseAt, onProgress } = options
  await mkdir(scratch, { recursive: true })
  // Only its owner gets into a folder made like this.
  const folder = await mkdtemp(join(scratch, 'backup-check-'))
  try {
    const database = databaseAt(join(folder, 'restored.sqlite'))
    const { head, tally } = await openBackup(file, key, async (backup) => {
      await database.fill(backup.dump)
      return { head: backup.head, tally: backup.tally() }
    })
    const storage = await database.open()
    try {
      return { head, tally, audit: await auditDatabase({ storage }, onProgress === undefined ? {} : { onProgress }) }
    } finally {
      await storage.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
