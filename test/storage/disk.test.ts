/** A disk that is full, fails, or is asked to keep what was committed: coded, nothing half-written, and every commit really synced. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Database from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { DocumentRecord, Storage } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { expectAllKept } from './acknowledged.ts'
import { failing } from './engines.ts'
import { addReady, append, type Ready } from './records.ts'

const writer = join(import.meta.dirname, 'crash-writer.ts')

let file: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-disk-'))
  file = join(folder, 'khatm.sqlite')
  return () => rm(folder, { recursive: true, force: true })
})

/** The storage with its writing connection, which is the first to set a pragma. */
const openedWithWriter = async (): Promise<{ storage: Storage; connection: Database.Database }> => {
  const pragma = vi.spyOn(Database.prototype, 'pragma')
  const storage = await openSqlite({ file })
  const connection = pragma.mock.contexts[0]
  pragma.mockRestore()
  onTestFinished(() => storage.close())
  if (!(connection instanceof Database)) throw new Error('the storage opened no connection')
  return { storage, connection }
}

const untilRefused = async (storage: Storage, ready: Ready): Promise<{ kept: DocumentRecord[]; refusal: unknown }> => {
  const kept: DocumentRecord[] = []
  for (;;) {
    try {
      kept.push(await append(storage, ready))
    } catch (refusal) {
      return { kept, refusal }
    }
  }
}

test('a full disk is said to be full, keeps what it has, and goes on without a gap once there is room', async () => {
  const { storage, connection } = await openedWithWriter()
  const ready = await addReady(storage)
  const pages = Number(connection.pragma('page_count', { simple: true }))
  connection.pragma(`max_page_count = ${pages + 40}`)

  const { kept, refusal } = await untilRefused(storage, ready)
  expect(refusal).toEqual(failing('storage/full'))
  expect(kept.length).toBeGreaterThan(5)
  await expect(append(storage, ready)).rejects.toEqual(failing('storage/full'))
  expect(await storage.read.activeChain(ready.unit.id)).toMatchObject({ lastIcv: kept.length })
  for (const document of kept) expect((await storage.read.documentStatus(document.id))?.document).toEqual(document)

  connection.pragma('max_page_count = 1000000')
  expect((await append(storage, ready)).icv).toBe(kept.length + 1)
  await expectAllKept(
    file,
    kept.map(({ icv, uuid }) => `${icv} ${uuid}`),
  )
})

test.skipIf(process.platform === 'win32')(
  'a write that the system refuses is an error of the disk, and costs nothing acknowledged',
  async () => {
    const limited = 'ulimit -f 3000; exec "$@"'
    const child = spawn('sh', ['-c', limited, 'sh', process.execPath, writer, file], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)])
    const acknowledged = printed.trim().split('\n')
    expect(said).toContain('storage/disk-error')
    expect(acknowledged.length).toBeGreaterThan(5)
    await expectAllKept(file, acknowledged)
  },
)

test('the writing connection says how durable its commits are', async () => {
  const { storage } = await openedWithWriter()
  expect((await storage.health()).durability).toEqual({
    journal_mode: 'wal',
    synchronous: '2',
    fullfsync: '1',
    foreign_keys: '1',
    recursive_triggers: '1',
  })
})

const traceable = spawnSync('strace', ['-V']).status === 0
if (!traceable) console.warn('SKIPPED: counting syncs needs strace: install the package strace (Debian, Ubuntu)')

/** Calls by which a program that appends so many documents asks the disk to keep what was written. */
const syncs = (documents: number): number => {
  const traced = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', process.execPath, writer, `${file}-${documents}`]
  const { stderr } = spawnSync('strace', [...traced, String(documents)], { encoding: 'utf8' })
  return stderr.match(/\bf(?:data)?sync\(\d/g)?.length ?? 0
}

test.skipIf(!traceable)('every commit is synced to the disk before it is acknowledged (G2)', () => {
  expect(syncs(25) - syncs(5)).toBeGreaterThanOrEqual(20)
})
