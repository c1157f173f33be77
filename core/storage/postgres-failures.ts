/** What Postgres' SQLSTATEs mean. */
import pg from 'pg'
import { Failure } from '#core/errors.ts'
import { violated } from './failures.ts'

/** Exact, or by the class of two digits; everything else means that the database cannot be used now. */
const bySqlState: Readonly<Record<string, (error: pg.DatabaseError) => Failure>> = {
  KH001: ({ message }) => new Failure('storage/immutable', { reason: message }),
  '55P03': () => new Failure('chain/busy', { reason: 'lock timeout' }),
  '57014': () => new Failure('chain/busy', { reason: 'statement timeout' }),
  '53100': () => new Failure('storage/full', { reason: 'disk_full' }),
  '42501': ({ routine }) =>
    routine === 'ExecWithCheckOptions'
      ? new Failure('storage/conflict', { reason: 'row-level security' })
      : new Failure('storage/denied'),
  '58030': () => new Failure('storage/disk-error', { reason: 'io_error' }),
  '23': ({ constraint, code }) => violated(constraint ?? code ?? ''),
  '22': ({ code }) => new Failure('internal/unexpected', { reason: `SQLSTATE ${code}` }),
  '42': ({ code }) => new Failure('internal/unexpected', { reason: `SQLSTATE ${code}` }),
}

/** A certificate of nobody that is trusted, or of another host. */
const distrust = /CERT|ALTNAME|UNABLE_TO_|SELF_SIGNED|HOSTNAME_MISMATCH/

const connectionFailure = (thrown: unknown): Failure => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const isInClear = thrown instanceof Error && thrown.message.includes('does not support SSL')
  if (isInClear) return new Failure('storage/untrusted', { reason: 'the database does not speak TLS', cause: thrown })
  if (distrust.test(code)) return new Failure('storage/untrusted', { reason: code, cause: thrown })
  return new Failure('storage/unavailable', { cause: thrown })
}

/** Whatever the driver throws: besides Postgres' own errors, connections that cannot be made or broke. */
export const postgresFailure = (thrown: unknown): Failure => {
  if (!(thrown instanceof pg.DatabaseError)) return connectionFailure(thrown)
  const state = thrown.code ?? ''
  const known = bySqlState[state] ?? bySqlState[state.slice(0, 2)]
  return known?.(thrown) ?? new Failure('storage/unavailable', { reason: `SQLSTATE ${state}`, cause: thrown })
}
