/** The second wall between client companies: Postgres' row-level security, and the role that it holds. */
import pg from 'pg'
import { Failure } from '#core/errors.ts'
import type { Log, Scope } from '#core/ports.ts'
import type { Run } from './db.ts'

/** No id looks otherwise, so that none can mean more than itself. */
const plainId = /^[\w-]+$/

/** No company: said, so that it is not the same as nothing said. */
const NONE = '-'

/**
 * Says whose rows are seen; the policies of migration 0006 read it. `LOCAL`: it ends with the transaction, so that a pooler may lend the
 * connection to somebody else; `SESSION`: it holds until the connection is told otherwise.
 */
export const seeing = (scope: Scope, span: 'LOCAL' | 'SESSION' = 'LOCAL'): string => {
  const companies = scope === 'all' ? '*' : scope.filter((id) => plainId.test(id)).join(',') || NONE
  return `SET ${span} khatm.companies = ${pg.escapeLiteral(companies)}`
}

export const hasTables = async (run: Run): Promise<boolean> =>
  (await run("SELECT to_regclass('schema_version')", []))[0]?.[0] !== null

export const roleOf = (url: string): string => decodeURIComponent(new URL(url).username)

const OWN = "relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v') AND pg_has_role(relowner, 'USAGE')"

/** Lets a role that owns nothing work on all tables, and only read which schema they have. */
export const grantWork = async (run: Run, role: string): Promise<void> => {
  const [known] = await run('SELECT rolname = current_user FROM pg_roles WHERE rolname = $1', [role])
  if (known === undefined) throw new Failure('storage/unavailable', { reason: `no role ${role}` })
  if (known[0] === true) return
  const tables = (await run(`SELECT relname FROM pg_class WHERE ${OWN}`, [])).map(([name]) => String(name))
  const [kept, worked] = [tables.filter(isVersion), tables.filter((name) => !isVersion(name))]
  const [[schema] = []] = await run('SELECT current_schema()', [])
  const grantee = pg.escapeIdentifier(role)
  await run(`GRANT USAGE ON SCHEMA ${pg.escapeIdentifier(String(schema))} TO ${grantee}`, [])
  await run(`GRANT SELECT ON ${listed(kept)} TO ${grantee}`, [])
  await run(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${listed(worked)} TO ${grantee}`, [])
}

const isVersion = (table: string): boolean => table.startsWith('schema_')

const listed = (tables: readonly string[]): string => tables.map((name) => pg.escapeIdentifier(name)).join(', ')

/** Asks Postgres itself whether each policy holds the role that asks. Throws `storage/unwalled` where the wall must stand. */
export const assertWalled = async (
  run: Run,
  { walled = false, log }: { readonly walled?: boolean; readonly log?: Log },
): Promise<void> => {
  const open = await run(
    'SELECT DISTINCT polrelid::regclass::text, current_user::text FROM pg_policy WHERE NOT row_security_active(polrelid) ORDER BY 1',
    [],
  )
  const [[table, role] = []] = open
  if (table === undefined) return
  const details = { role: String(role), table: String(table) }
  if (walled) throw new Failure('storage/unwalled', { details })
  log?.warn('storage/unwalled', details)
}
