/** `docs/schema` is what the migrations really make, on both engines, and can be run by itself. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { schemaStatements, schemaText } from '../../docs/schema/dump.ts'
import { describeEngines } from '../storage/engines.ts'

const folder = resolve(import.meta.dirname, '../../docs/schema')

await describeEngines('the committed schema', (engine, name) => {
  const dialect = name === 'SQLite' ? 'sqlite' : 'postgres'

  test('is what the migrations lead to; otherwise run npm run docs:schema', async () => {
    const database = await engine.create()
    await (await database.open()).close()
    const text = await schemaText(dialect, database.sql)
    expect(text).toBe(readFileSync(join(folder, `${dialect}.sql`), 'utf8'))
  })

  test('leaves nothing out: run on an empty database, it makes the same', async () => {
    const [original, again] = [await engine.create(), await engine.create()]
    await (await original.open()).close()
    const statements = await schemaStatements(dialect, original.sql)
    for (const statement of statements) await again.sql(statement)
    expect(await schemaStatements(dialect, again.sql)).toEqual(statements)
  })
})
