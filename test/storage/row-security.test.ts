/** The second wall between client companies: Postgres itself, asked past the program under the role that an office works under. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { openPostgres } from '#core/storage/postgres.ts'
import { addClient, type ClientCompany } from './client-company.ts'
import { failing, postgres, type RunningEngine, type TestDatabase } from './engines.ts'

/** Tables of no client, each with the reason why nobody has to be kept from it. Every other one has a policy, or this test fails. */
const nobodys: Readonly<Record<string, string>> = {
  user_account: 'people of the office; the role decides',
  session: 'of people',
  api_key: 'programs of the office; the role decides',
  one_time_token: 'opens doors of the office',
  webhook: 'addresses that the office informs; the role decides',
  setting: 'one rule book',
  backup_run: 'one backup',
  writer_lease: 'the program itself',
  rate_limit: 'the program itself',
  schema_version: 'the schema',
  schema_requirement: 'the schema',
}

const verbs = ['select', 'insert', 'update', 'delete'] as const
type Verb = (typeof verbs)[number]

const quoted = (name: string): string => pg.escapeIdentifier(name)

const engine = await postgres.start()
if (engine === undefined) describe.skip('row-level security', () => test('needs Postgres'))
else describe('row-level security', () => suite(engine))

const suite = (running: RunningEngine): void => {
  let database: TestDatabase
  let storage: Storage
  let worker: pg.Client
  let client: ClientCompany
  let other: ClientCompany
  let tables: readonly string[]

  beforeAll(async () => {
    database = await running.create()
    storage = await database.open()
    client = await addClient(storage, database, '300000000000003')
    other = await addClient(storage, database, '311111111111113')
    worker = new pg.Client({ connectionString: database.worker ?? '' })
    await worker.connect()
    const found = await database.sql(
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1",
    )
    tables = found.map(([name]) => String(name))
  })
  afterAll(async () => {
    await worker.end()
    await storage.close()
    await running.stop()
  })

  /** Within a transaction that is taken back: rows seen or touched, or how Postgres refused. */
  const done = async (scope: string | undefined, text: string, values: readonly unknown[] = []) => {
    await worker.query('BEGIN')
    try {
      if (scope !== undefined) await worker.query(`SET LOCAL khatm.companies = ${pg.escapeLiteral(scope)}`)
      return (await worker.query(text, [...values])).rowCount
    } catch (thrown) {
      return thrown instanceof pg.DatabaseError ? thrown.code : thrown
    } finally {
      await worker.query('ROLLBACK')
    }
  }

  /** The ids of one client's rows are the only ones that the wall is about. */
  const rowOf = async (table: string): Promise<{ row: object; only: string }> => {
    const ids = [client.company, client.unit, client.csid, client.chain, client.waiting, client.settled, client.road]
    const own = `(${ids.map(({ id }) => pg.escapeLiteral(id)).join(', ')})`
    const columns = await database.sql(
      `SELECT attname FROM pg_attribute WHERE attrelid = '${quoted(table)}'::regclass AND attnum > 0 AND NOT attisdropped
        AND attname IN ('id', 'company_id', 'unit_id', 'document_id', 'subject')`,
    )
    const only = columns.map(([name]) => `${quoted(String(name))} IN ${own}`).join(' OR ')
    const [[row] = []] = await database.sql(`SELECT to_json(t) FROM ${quoted(table)} t WHERE ${only} LIMIT 1`)
    if (typeof row !== 'object' || row === null) throw new Error(`no row of the client in ${table}`)
    return { row, only }
  }

  const attempts: Readonly<
    Record<Verb, (table: string, of: { row: object; only: string }) => readonly [string, (readonly unknown[])?]>
  > = {
    select: (table, { only }) => [`SELECT 1 FROM ${quoted(table)} WHERE ${only}`],
    insert: (table, { row }) => [
      `INSERT INTO ${quoted(table)} SELECT * FROM json_populate_record(NULL::${quoted(table)}, $1)`,
      [JSON.stringify(row)],
    ],
    update: (table, { row, only }) => {
      const column = quoted(Object.keys(row)[0] ?? '')
      return [`UPDATE ${quoted(table)} SET ${column} = ${column} WHERE ${only}`]
    },
    delete: (table, { only }) => [`DELETE FROM ${quoted(table)} WHERE ${only}`],
  }
  const REFUSED = '42501'

  test('a connection is told whose rows it reads, and again whenever that changes', async () => {
    const single = await openPostgres({ url: database.worker ?? '', connections: 1, walled: true })
    onTestFinished(() => single.close())
    const said = vi.spyOn(pg.Client.prototype, 'query')
    onTestFinished(() => said.mockRestore())
    const [own, others] = [client.company.id, other.company.id]
    const seen = async (ids: readonly string[] | 'all') => {
      const reader = ids === 'all' ? single.read : single.within(ids).read
      return (await reader.companies()).map(({ id }) => id).toSorted()
    }
    expect(await seen([own])).toEqual([own])
    expect(await seen([own])).toEqual([own])
    expect(await seen('all')).toEqual([own, others].toSorted())
    expect(await seen([others])).toEqual([others])
    expect(await single.within([own]).write((tx) => tx.company(others))).toBeUndefined()
    expect(await seen([others])).toEqual([others])
    expect(await seen([])).toEqual([])
    const texts = said.mock.calls.map(([text]) => String(text))
    expect(texts.filter((text) => text.startsWith('SET SESSION'))).toEqual(
      [own, '*', others, '-'].map((companies) => `SET SESSION khatm.companies = '${companies}'`),
    )
  })

  test('every table has a policy that holds its owner too, or belongs to nobody', async () => {
    const walled = await database.sql(
      `SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity
        AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)`,
    )
    const behind = new Set(walled.map(([name]) => String(name)))
    expect(tables.filter((table) => !behind.has(table))).toEqual(
      tables.filter((table) => Object.hasOwn(nobodys, table)),
    )
    expect(tables).toEqual(expect.arrayContaining(Object.keys(nobodys)))
  })

  test.each(verbs)('no %s of what is a client’s without a scope, or within another company', async (verb) => {
    for (const table of tables.filter((name) => !Object.hasOwn(nobodys, name))) {
      const of = await rowOf(table)
      for (const scope of [undefined, '', '-', other.company.id]) {
        const outcome = await done(scope, ...attempts[verb](table, of))
        expect({ table, scope, outcome }).toEqual({ table, scope, outcome: verb === 'insert' ? REFUSED : 0 })
      }
    }
  })

  test.each([
    ['the company itself', () => client.company.id],
    ['all', () => '*'],
    ['several', () => `${other.company.id},${client.company.id}`],
  ])('whoever says %s sees every row and may add one', async (_who, scope) => {
    for (const table of tables.filter((name) => !Object.hasOwn(nobodys, name))) {
      const of = await rowOf(table)
      expect({ table, seen: await done(scope(), ...attempts.select(table, of)) }).not.toEqual({ table, seen: 0 })
      // It is there already: what stops it is that, and not the wall.
      expect({ table, outcome: await done(scope(), ...attempts.insert(table, of)) }).not.toEqual({
        table,
        outcome: REFUSED,
      })
    }
  })

  test('a connection keeps nothing of whose it was', async () => {
    const one = await openPostgres({ url: database.worker ?? '', connections: 1, walled: true })
    onTestFinished(() => one.close())
    const within = one.within([client.company.id])
    expect(await within.read.companies()).toHaveLength(1)
    expect(await one.read.companies()).toHaveLength(2)
    await within.write((tx) => tx.updateUnit(client.unit.id, { name: 'renamed' }))
    expect(await one.within([other.company.id]).read.unit(client.unit.id)).toBeUndefined()
    const rows = await Promise.all([one.read.companies(), within.read.companies(), one.read.companies()])
    expect(rows.map(({ length }) => length)).toEqual([2, 1, 2])
  })

  test('an id says no more than itself', async () => {
    for (const id of ['*', `${client.company.id},x`, "'; RESET khatm.companies; --"])
      expect(await storage.within([id]).read.companies()).toEqual([])
  })

  test('stands where the program forgets to ask', async () => {
    const forgetful = `SELECT count(*)::int FROM document WHERE company_id = ${pg.escapeLiteral(client.company.id)}`
    await worker.query(`BEGIN; SET LOCAL khatm.companies = ${pg.escapeLiteral(other.company.id)}`)
    const { rows } = await worker.query(forgetful)
    await worker.query('ROLLBACK')
    expect(rows).toEqual([{ count: 0 }])
  })

  describe('the role', () => {
    const owner = () => ('url' in database.address ? database.address.url : '')

    test('that goes past it is refused in production, and elsewhere named in the log', async () => {
      await expect(openPostgres({ url: owner(), walled: true })).rejects.toEqual(failing('storage/unwalled'))
      const heard: unknown[] = []
      const log = {
        info: () => undefined,
        warn: (event: string, fields?: object) => void heard.push({ event, ...fields }),
        error: () => undefined,
      }
      await (await openPostgres({ url: owner(), log })).close()
      expect(heard).toEqual([expect.objectContaining({ event: 'storage/unwalled', role: 'postgres' })])
    })

    test('that owns the tables is held as well, unless security is switched off', async () => {
      await database.sql("CREATE ROLE landlord LOGIN PASSWORD 'landlord'; GRANT CREATE ON SCHEMA public TO landlord")
      const fresh = await running.create()
      await fresh.sql('GRANT CREATE ON SCHEMA public TO landlord')
      const url = new URL('url' in fresh.address ? fresh.address.url : '')
      url.username = 'landlord'
      url.password = 'landlord'
      const own = await openPostgres({ url: url.href, walled: true })
      await addClient(own, fresh, '300000000000003')
      expect(await own.read.companies()).toHaveLength(1)
      expect(await own.within([]).read.companies()).toEqual([])
      await own.close()
      await fresh.sql('ALTER TABLE document NO FORCE ROW LEVEL SECURITY')
      await expect(openPostgres({ url: url.href, walled: true })).rejects.toMatchObject({
        code: 'storage/unwalled',
        details: { table: 'document', role: 'landlord' },
      })
    })

    test('has no rights before the owner gave them, and then none to the schema', async () => {
      const fresh = await running.create()
      const [url, migrationUrl] = [fresh.worker ?? '', 'url' in fresh.address ? fresh.address.url : '']
      await expect(openPostgres({ url })).rejects.toEqual(failing('storage/denied'))
      await (await openPostgres({ url: migrationUrl })).close()
      await expect(openPostgres({ url })).rejects.toEqual(failing('storage/denied'))
      await (await openPostgres({ url, migrationUrl, walled: true })).close()
      await (await openPostgres({ url, walled: true })).close()
      const hopeless = [
        'DROP TABLE draft',
        'DELETE FROM schema_version',
        'TRUNCATE draft',
        'DROP POLICY tenant ON unit',
      ]
      for (const statement of hopeless) expect(await done('*', statement)).toBe(REFUSED)
    })
  })
}
