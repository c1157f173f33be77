/** One office at a time on one file: the second is refused by name, a dead one is followed at once, a stale one writes no more. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { migrateSqlite, openSqlite } from '#core/storage/sqlite.ts'
import { LEASE_MS } from '#core/storage/writer-lease.ts'
import { failing } from './engines.ts'
import { aCompany, addReady, append } from './records.ts'

let file: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-lease-'))
  file = join(folder, 'khatm.sqlite')
  return () => rm(folder, { recursive: true, force: true })
})

const opened = async (exclusive = true): Promise<Storage> => {
  const storage = await openSqlite({ file, exclusive })
  onTestFinished(() => storage.close().catch(() => undefined))
  return storage
}

const sql = (statement: string): unknown[][] => {
  const connection = new Database(file)
  try {
    const prepared = connection.prepare<[], unknown[]>(statement)
    if (prepared.reader) return prepared.raw(true).all()
    prepared.run()
    return []
  } finally {
    connection.close()
  }
}

const anotherProcess = async (): Promise<ChildProcess> => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'lease-holder.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  return holder
}

const ended = async (holder: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  holder.kill(signal)
  await once(holder, 'exit')
}

/** A holder of which nothing can be known but its row. */
const elsewhere = (leasedUntil: Date): void => {
  const values = `'office', 'an-owner another-place', 'other-host', 7, '${leasedUntil.toISOString()}'`
  sql(`INSERT OR REPLACE INTO writer_lease (id, owner, host, pid, leased_until) VALUES (${values})`)
}

const inMs = (ms: number): Date => new Date(Date.now() + ms)

test('a second office is refused, and told where the first one runs', async () => {
  const holder = await anotherProcess()
  await expect(openSqlite({ file, exclusive: true })).rejects.toMatchObject({
    code: 'storage/in-use',
    details: { host: hostname(), pid: holder.pid },
  })
})

test('within one process as well', async () => {
  await opened()
  await expect(openSqlite({ file, exclusive: true })).rejects.toEqual(failing('storage/in-use'))
})

test('tools that need no lease work beside an office', async () => {
  const office = await opened()
  const tool = await opened(false)
  const company = aCompany()
  await office.write((tx) => tx.addCompany(company))
  expect(await tool.read.company(company.id)).toEqual(company)
  await tool.write((tx) => tx.updateCompany({ ...company, name: 'اسم آخر' }))
  expect((await office.read.company(company.id))?.name).toBe('اسم آخر')
})

test('closing gives the file to the next', async () => {
  const holder = await anotherProcess()
  await ended(holder, 'SIGTERM')
  expect(sql('SELECT * FROM writer_lease')).toEqual([])
  await opened()
})

test('a killed office is followed at once: its process is seen to be gone', async () => {
  const holder = await anotherProcess()
  await ended(holder, 'SIGKILL')
  expect(sql('SELECT pid FROM writer_lease')).toEqual([[holder.pid]])
  const started = performance.now()
  const storage = await opened()
  expect(performance.now() - started).toBeLessThan(LEASE_MS / 3)
  expect((await append(storage, await addReady(storage))).icv).toBe(1)
})

test('an office that cannot be seen is watched until its lease runs out', async () => {
  await (await opened()).close()
  elsewhere(inMs(700))
  const started = Date.now()
  await opened()
  expect(Date.now() - started).toBeGreaterThanOrEqual(650)
})

test('an office that cannot be seen and whose heart beats is respected', async () => {
  await (await opened()).close()
  elsewhere(inMs(20_000))
  const second = openSqlite({ file, exclusive: true })
  setTimeout(() => elsewhere(inMs(25_000)), 600)
  await expect(second).rejects.toMatchObject({ code: 'storage/in-use', details: { host: 'other-host', pid: 7 } })
})

test('a lease from a clock that was far ahead is no lease', async () => {
  await (await opened()).close()
  elsewhere(inMs(10 * LEASE_MS))
  await opened()
})

test('an office that slept while another took over writes nothing more (G6)', async () => {
  const office = await opened()
  const ready = await addReady(office)
  await append(office, ready)
  elsewhere(inMs(20_000))
  await expect(append(office, ready)).rejects.toMatchObject({ code: 'storage/in-use', details: { host: 'other-host' } })
  expect((await office.read.activeChain(ready.unit.id))?.lastIcv).toBe(1)
})

test('the schema is not changed under a working office', async () => {
  await anotherProcess()
  sql('DELETE FROM schema_version WHERE version = (SELECT max(version) FROM schema_version)')
  await expect(migrateSqlite({ file })).rejects.toEqual(failing('storage/in-use'))
})

test('after a crash the pages are looked at, and a damaged file is not worked on', async () => {
  const office = await opened()
  await append(office, await addReady(office))
  await office.close()
  elsewhere(new Date(0))
  await losePage('document_uuid')
  for (const _attempt of [1, 2])
    await expect(openSqlite({ file, exclusive: true })).rejects.toEqual(failing('storage/corrupt'))
})

/** The disk gives back nothing where an index was. */
const losePage = async (index: string): Promise<void> => {
  const [row] = sql(
    `SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = '${index}'`,
  )
  const [page, size] = [Number(row?.[0]), Number(row?.[1])]
  const handle = await open(file, 'r+')
  await handle.write(Buffer.alloc(size), 0, size, (page - 1) * size)
  await handle.close()
}
