/** What only Postgres can do to us: connections that break, and transactions that end otherwise than they were asked to. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { Failure } from '#core/errors.ts'
import type { Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { openWire } from '../faults/proxy.ts'
import { failing, postgres, type TestDatabase } from './engines.ts'
import { aCompany, addReady, append, appendWithin } from './records.ts'

const engine = await postgres.start()
afterAll(() => engine?.stop())

describe.skipIf(engine === undefined)('storage on Postgres', () => {
  let database: TestDatabase
  let storage: Storage
  beforeEach(async () => {
    if (engine === undefined) throw new Error('Postgres does not run')
    database = await engine.create()
    storage = await database.open()
    return () => storage.close()
  })

  const breakOthers = () =>
    database.sql(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )

  test('a connection that breaks in the middle takes its transaction with it and nothing else', async () => {
    const ready = await addReady(storage)
    const broken = storage.write(async (tx) => {
      await appendWithin(tx, ready)
      await breakOthers()
      await tx.companies()
    })
    await expect(broken).rejects.toEqual(failing('storage/unavailable'))
    expect((await append(storage, ready)).icv).toBe(1)
  })

  test('connections that break while nobody uses them are replaced', async () => {
    await storage.read.companies()
    await breakOthers()
    await expect.poll(() => storage.read.companies().catch((thrown: unknown) => thrown)).toEqual([])
  })

  test('a wire that says nothing any more is given up, and the next work takes another', async () => {
    const wire = await openWire('url' in database.address ? database.address.url : '')
    const far = await openPostgres({ url: wire.url, answerMs: 500 })
    const cut = wire.cut('half-open')
    const silenced = far.write((tx) => tx.addCompany(aCompany()))
    await cut
    await expect(silenced).rejects.toEqual(failing('storage/unavailable'))
    expect(await far.read.companies()).toEqual([])
    await far.close()
    wire.close()
  })

  test('work that hides a failed statement is not called committed', async () => {
    const company = aCompany()
    await storage.write((tx) => tx.addCompany(company))
    const hiding = storage.write(async (tx) => {
      await tx.addCompany(company).catch((thrown: unknown) => {
        if (!(thrown instanceof Failure)) throw thrown
      })
    })
    await expect(hiding).rejects.toEqual(failing('storage/conflict'))
  })

  test('a chain that somebody keeps locked is busy, and free again afterwards', { timeout: 40_000 }, async () => {
    const ready = await addReady(storage)
    const { promise: locked, resolve: hasLock } = Promise.withResolvers<void>()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const holding = storage.write(async (tx) => {
      await tx.lockChain(ready.unit.id)
      hasLock()
      await held
    })
    await locked
    await expect(append(storage, ready)).rejects.toEqual(failing('chain/busy'))
    release()
    await holding
    expect((await append(storage, ready)).icv).toBe(1)
  })

  test('is not opened when commits need not reach the disk', async () => {
    await database.sql(
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$",
    )
    await expect(database.open()).rejects.toMatchObject({
      code: 'config/invalid',
      details: { setting: 'synchronous_commit', value: 'off' },
    })
  })

  test('is not opened while the server does not sync, and says so', async () => {
    const set = (value: string) => database.sql(`ALTER SYSTEM SET fsync = ${value}`)
    const reloaded = (value: string) =>
      expect.poll(() => database.sql('SELECT pg_reload_conf(), current_setting($$fsync$$)')).toEqual([[true, value]])
    await set('off')
    await reloaded('off')
    await expect(database.open()).rejects.toMatchObject({ code: 'config/invalid', details: { setting: 'fsync' } })
    expect((await storage.health()).durability).toEqual({ fsync: 'off', synchronous_commit: 'on' })
    await set('on')
    await reloaded('on')
    expect((await storage.health()).durability).toEqual({ fsync: 'on', synchronous_commit: 'on' })
  })
})
