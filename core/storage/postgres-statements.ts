/** Statements on a connection to Postgres, and which of them the connection keeps. */
import type pg from 'pg'
import type { Run } from './db.ts'
import { postgresFailure } from './postgres-failures.ts'

/** What a connection calls a statement that it keeps. */
export type Naming = (text: string) => string

/** With names, Postgres reads and plans a lasting statement once for each connection. */
export const statements =
  (client: pg.Pool | pg.PoolClient, naming?: Naming): Run =>
  async (text, params, lasting = false) => {
    const name = lasting ? naming?.(text) : undefined
    const query = { text, values: [...params], rowMode: 'array' as const, ...(name !== undefined && { name }) }
    try {
      return (await client.query<unknown[]>(query)).rows
    } catch (thrown) {
      throw postgresFailure(thrown)
    }
  }

/**
 * Undefined when no statement may be kept, because a pooler would give the next transaction another connection: it shows by the process
 * number, which is then not the server's.
 */
export const namingOf = async (client: pg.PoolClient): Promise<Naming | undefined> => {
  const [row] = await statements(client)('SELECT pg_backend_pid()', [])
  if (row?.[0] !== Reflect.get(client, 'processID')) return undefined
  const names = new Map<string, string>()
  return (text) => {
    const name = names.get(text) ?? `khatm_${names.size}`
    names.set(text, name)
    return name
  }
}
