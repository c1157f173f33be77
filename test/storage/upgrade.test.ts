/** Databases that earlier programs left behind: brought to the present, everything in them is read back, proved, and continued. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Storage } from '#core/ports.ts'
import { readMigrations } from '#core/storage/migrate.ts'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { schemaText } from '../../docs/schema/dump.ts'
import { describeEngines, type TestDatabase } from './engines.ts'
import { everything } from './everything.ts'
import { appendWithin } from './records.ts'

const folder = resolve(import.meta.dirname, '../fixtures/databases')
const unpacked = (name: string): Buffer => gunzipSync(readFileSync(join(folder, `${name}.gz`)))
const present = readMigrations('sqlite').length

const readBefore = (name: string): object => JSON.parse(unpacked(`${name}.json`).toString())

await describeEngines('a database of schema', (engine, name) => {
  const dialect = name === 'SQLite' ? 'sqlite' : 'postgres'
  const versions = readdirSync(folder).flatMap((file) => new RegExp(`^${dialect}-(\\d+)\\.json`).exec(file)?.[1] ?? [])

  test(`${present}, the present one, is kept; otherwise run npm run fixtures:databases`, () => {
    expect(versions).toContain(String(present))
  })

  describe.each(versions)('%s', (version) => {
    const kept = `${dialect}-${version}`
    let database: TestDatabase
    beforeAll(async () => {
      database = await engine.create()
      if ('file' in database.address) writeFileSync(database.address.file, unpacked(`${kept}.sqlite`))
      else await database.sql(unpacked(`${kept}.sql`).toString())
    })
    const opened = async (): Promise<Storage> => {
      const storage = await database.open()
      onTestFinished(() => storage.close())
      return storage
    }

    test('becomes the present schema to the letter', async () => {
      expect((await (await opened()).health()).schema).toBe(present)
      const committed = readFileSync(resolve(import.meta.dirname, `../../docs/schema/${dialect}.sql`), 'utf8')
      expect(await schemaText(dialect, database.sql)).toBe(committed)
    })

    test('gives back everything that its own program read', async () => {
      const { read } = await opened()
      expect(await everything(read)).toMatchObject(readBefore(kept))
    })

    test('has whole chains, each link proved from its bytes, and a whole audit log', async () => {
      const storage = await opened()
      const chains = await storage.read.allChains()
      expect(chains.length).toBeGreaterThanOrEqual(2)
      for (const chain of chains) {
        const report = await verifyChain({ storage }, chain)
        expect(report).toMatchObject({ ok: true, documents: chain.lastIcv })
        expect(report.documents).toBeGreaterThan(5)
      }
      expect(await storage.read.brokenAudit()).toBeUndefined()
    })

    test('goes on where it stopped: the next counter, and what waits is claimed', async () => {
      const storage = await opened()
      const [company] = await storage.read.companies()
      if (company === undefined) throw new Error('no company')
      for (const unit of await storage.read.units(company.id)) {
        const [chain, csid] = [await storage.read.activeChain(unit.id), (await storage.read.csids(unit.id)).at(-1)]
        if (chain === undefined || csid === undefined) continue
        const next = await storage.write((tx) => appendWithin(tx, { company, unit, chain, csid }))
        expect(next).toMatchObject({ icv: chain.lastIcv + 1, pih: chain.lastHash })
      }
      const claimed = await storage.write((tx) => tx.claimOutbox({ limit: 100, leaseSeconds: 90 }))
      expect(claimed.length).toBeGreaterThanOrEqual(4)
    })
  })
})

test('every kept database has both halves on both engines', () => {
  const lists = readdirSync(folder).filter((file) => file.endsWith('.json.gz'))
  const other = (file: string): string => file.replace('.json', file.startsWith('sqlite') ? '.sqlite' : '.sql')
  expect(lists.filter((file) => !existsSync(join(folder, other(file))))).toEqual([])
  const versionsOf = (engine: string) =>
    lists.filter((file) => file.startsWith(engine)).map((file) => file.slice(engine.length))
  expect(versionsOf('sqlite')).toEqual(versionsOf('postgres'))
})
