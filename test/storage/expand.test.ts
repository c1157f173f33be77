/** G12: the program before runs on while the next one only adds; it is refused once something it needs is taken away. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { readMigrations } from '#core/storage/migrate.ts'
import { describeEngines, failing, type TestDatabase } from './engines.ts'
import { addReady, anAttempt, append, aResult, finished } from './records.ts'
import { type Dialect, firstMigrations, oneMore, openWith } from './synthetic-migrations.ts'

const program = readMigrations('sqlite').length

const additions = `CREATE TABLE later (id text PRIMARY KEY);
--> statement-breakpoint
ALTER TABLE document ADD COLUMN remark text;
--> statement-breakpoint
ALTER TABLE outbox ADD COLUMN weight integer NOT NULL DEFAULT 1;`

const expands = `-- requires: ${program}\n${additions}`
const contracts = `${additions}\n--> statement-breakpoint\nALTER TABLE chain RENAME COLUMN frozen_reason TO reason;`

/** Numbers, claims and settles one document. */
const work = async (storage: Storage): Promise<number> => {
  const [company] = await storage.read.companies()
  const [unit] = company === undefined ? [] : await storage.read.units(company.id)
  const [chain] = unit === undefined ? [] : await storage.read.chains(unit.id)
  const [csid] = unit === undefined ? [] : await storage.read.csids(unit.id)
  const ready = company && unit && chain && csid ? { company, unit, chain, csid } : await addReady(storage)
  const { id, icv } = await append(storage, ready)
  const fence = await storage.write(async (tx) => {
    const [row] = await tx.claimOutbox({ limit: 1, leaseSeconds: 90, documentId: id })
    await tx.addAttempt(anAttempt(id, row?.fence ?? -1))
    return row?.fence ?? -1
  })
  await storage.write(async (tx) => {
    await tx.finishAttempt(id, fence, finished)
    await tx.settle(aResult(id, fence), undefined)
  })
  expect((await storage.read.documentStatus(id))?.state).toBe('reported')
  return icv
}

await describeEngines('programs of two versions', (engine, name) => {
  const dialect: Dialect = name === 'SQLite' ? 'sqlite' : 'postgres'
  let database: TestDatabase
  beforeEach(async () => {
    database = await engine.create()
  })
  const opened = async (migrations?: string): Promise<Storage> => {
    const storage = await (migrations === undefined ? database.open() : openWith(database.address, migrations))
    onTestFinished(() => storage.close())
    return storage
  }

  test('both work on a schema that was only added to, whoever started first', async () => {
    const before = await opened()
    expect(await work(before)).toBe(1)
    const next = await opened(await oneMore(dialect, expands))
    expect(await work(next)).toBe(2)
    expect(await work(before)).toBe(3)
    const restarted = await opened()
    expect(await work(restarted)).toBe(4)
    const health = { schema: program + 1, requires: program }
    expect(await restarted.health()).toMatchObject({ ...health, program })
    expect(await next.health()).toMatchObject({ ...health, program: program + 1 })
  })

  test('a program that misses something is refused and, if it runs, no longer ready', async () => {
    const before = await opened()
    await work(before)
    const next = await opened(await oneMore(dialect, contracts))
    const details = { found: program + 1, requires: program + 1, supported: program }
    await expect(database.open()).rejects.toMatchObject({ code: 'storage/newer-schema', details })
    await expect(before.health()).rejects.toEqual(failing('storage/newer-schema'))
    expect(await next.health()).toMatchObject({ requires: program + 1 })
  })

  test('the schema of the program before this one is brought forward with all it holds', async () => {
    const before = await opened(await firstMigrations(dialect, program - 1))
    expect(await before.health()).toMatchObject({ schema: program - 1, program: program - 1 })
    await before.write(async (tx) => {
      await tx.saveSetting({ name: 'kept', value: true, changedAt: '2024-01-01T00:00:00.000Z', changedBy: 'sara' })
    })
    const now = await opened()
    expect(await now.read.settings()).toMatchObject([{ name: 'kept', value: true }])
    expect(await work(now)).toBe(1)
  })
})

describe.each(['sqlite', 'postgres'] as const)('migrations of %s', (dialect) => {
  const migrations = readMigrations(dialect)

  /** What an earlier program would stumble over: its statements name it, or leave it out. */
  const takesAway = [
    /\bDROP\s+(?:TABLE|COLUMN)\b/i,
    /\bRENAME\b/i,
    /\bSET\s+NOT\s+NULL\b/i,
    /\bALTER\s+COLUMN\b/i,
    /\bADD\s+(?:COLUMN\s+)?\S+\s(?!.*\bDEFAULT\b).*\bNOT\s+NULL\b/i,
  ]

  test.each(migrations.filter(({ version, requires }) => requires < version))(
    'schema $version, beside which programs from $requires go on, only adds',
    ({ statements }) => {
      const taking = statements.filter((statement) => takesAway.some((pattern) => pattern.test(statement)))
      expect(taking).toEqual([])
    },
  )

  test('ask for a schema that exists, and never for less than the one before', () => {
    const required = migrations.map(({ requires }) => requires)
    expect(required.every((requires, index) => requires <= index + 1)).toBe(true)
    expect(required).toEqual(required.toSorted((a, b) => a - b))
  })
})

test('both engines ask for the same', () => {
  const asked = (['sqlite', 'postgres'] as const).map((dialect) =>
    readMigrations(dialect).map(({ requires }) => requires),
  )
  expect(asked[0]).toEqual(asked[1])
})
