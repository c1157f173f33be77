/**
 * How Postgres is reached: the address as a person types it, and TLS as we read it. What drivers make of `sslmode` differs between programs and
 * versions, so that ours never sees it: it is told in full.
 */
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { type ConnectionOptions, checkServerIdentity } from 'node:tls'
import { Failure } from '#core/errors.ts'

/**
 * `off`: in clear. `require`: encrypted, but to whoever answers. `verify`: to a server whose certificate comes from an authority that is
 * trusted and names the host of the address.
 */
export type TlsMode = 'off' | 'require' | 'verify'

/** libpq's words that have one meaning; `allow` and `prefer` would go on in clear without a word, `verify-ca` takes any server's name. */
const modes: Readonly<Record<string, TlsMode>> = { disable: 'off', require: 'require', 'verify-full': 'verify' }
const words: Readonly<Record<TlsMode, string>> = { off: 'disable', require: 'require', verify: 'verify-full' }

/** What the address says of TLS; undefined when it says nothing, `unclear` for words that are not taken. */
export const tlsModeOf = (address: string): TlsMode | 'unclear' | undefined => {
  const { searchParams } = new URL(address)
  if (searchParams.has('ssl')) return 'unclear'
  const word = searchParams.get('sslmode')
  return word === null ? undefined : (modes[word] ?? 'unclear')
}

/** The same address that says it. */
export const withTls = (address: string, mode: TlsMode, caFile?: string): string => {
  const url = new URL(address)
  url.searchParams.set('sslmode', words[mode])
  if (caFile !== undefined) url.searchParams.set('sslrootcert', caFile)
  return url.href
}

/** Nobody listens between this program and a database on the same machine. */
export const isOnThisMachine = (address: string): boolean => {
  const host = hostOf(new URL(address))
  return host === '' || host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host)
}

/** A folder for a socket: `postgres://khatm@%2Frun%2Fpostgresql/khatm`. */
const hostOf = ({ hostname, searchParams }: URL): string =>
  searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[|\]$/g, '')

export interface PostgresConnection {
  readonly connectionString: string
  readonly ssl: false | ConnectionOptions
}

/** What the driver is given. Without a word about TLS the connection is in clear. Throws `config/invalid`. */
export const connectionTo = (address: string): PostgresConnection => {
  const mode = tlsModeOf(address) ?? 'off'
  if (mode === 'unclear') throw new Failure('config/invalid', { reason: 'sslmode: disable, require or verify-full' })
  return { connectionString: withoutTls(address), ssl: mode === 'off' ? false : tlsOf(new URL(address), mode) }
}

const tlsWords = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'ssl']

const withoutTls = (address: string): string => {
  const url = new URL(address)
  for (const word of tlsWords) url.searchParams.delete(word)
  return url.href
}

const tlsOf = (url: URL, mode: 'require' | 'verify'): ConnectionOptions => {
  const host = hostOf(url)
  const own = { ...fileAs('cert', url, 'sslcert'), ...fileAs('key', url, 'sslkey') }
  const base = { ...own, minVersion: 'TLSv1.2', ...(isIP(host) === 0 && { servername: host }) } as const
  if (mode === 'require') return { ...base, rejectUnauthorized: false }
  return {
    ...base,
    ...fileAs('ca', url, 'sslrootcert'),
    rejectUnauthorized: true,
    // The name that was typed, also when it is a number, whatever the driver takes for it.
    checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
  }
}

/** `system` is libpq's word for the authorities that this program trusts by itself. */
const fileAs = (option: 'ca' | 'cert' | 'key', { searchParams }: URL, word: string) => {
  const file = searchParams.get(word)
  return file === null || file === 'system' ? {} : { [option]: textOf(file, word) }
}

const textOf = (file: string, word: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Failure('config/invalid', { reason: `the file of ${word} cannot be read`, cause })
  }
}
