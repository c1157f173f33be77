/** Passwords: which are good enough, and how they are kept (argon2id, with its parameters beside the hash). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { argon2id } from 'hash-wasm'
import { Failure } from '#core/errors.ts'
import { commonPasswords } from './common-passwords.ts'

const SHORTEST = 12
/** In characters. */
const LONGEST = 256

export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'contains-name'

const problemOf = (password: string, username: string): PasswordProblem | undefined => {
  const length = [...password].length
  const plain = password.toLowerCase()
  if (length < SHORTEST) return 'too-short'
  if (length > LONGEST) return 'too-long'
  if (commonPasswords.has(plain) || new Set(plain).size < 4) return 'too-common'
  return username !== '' && plain.includes(username.toLowerCase()) ? 'contains-name' : undefined
}

/** Throws `access/weak-password`; its details name the problem, never the password. */
export const assertGoodPassword = (password: string, username: string): void => {
  const problem = problemOf(password.normalize('NFKC'), username)
  if (problem !== undefined) throw new Failure('access/weak-password', { details: { problem, shortest: SHORTEST } })
}

/** OWASP's first recommendation for argon2id: 19 MiB, two passes; some 50 ms of this thread, as the WebAssembly has no other. */
const cost = { memorySize: 19_456, iterations: 2, parallelism: 1 } as const
type Cost = Readonly<Record<keyof typeof cost, number>>

/** `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>`: a later cost does not lock out those who joined earlier. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const hash = await argon2(password, salt, cost)
  return `${prefix}${base64(salt)}$${base64(hash)}`
}

const prefix = `$argon2id$v=19$m=${cost.memorySize},t=${cost.iterations},p=${cost.parallelism}$`

/** Whether another algorithm or cost made it than would be taken today: to be made anew when the password is at hand. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(prefix)

/** Compared in constant time; without a hash (nobody of that name) it takes as long and answers no. */
export const verifyPassword = async (password: string, stored: string | undefined): Promise<boolean> => {
  const kept = stored === undefined ? undefined : (argon2Hash(stored) ?? scryptHash(stored))
  if (kept === undefined) {
    await argon2(password, randomBytes(16), cost)
    return false
  }
  const found = await kept.derive(password)
  return found.length === kept.hash.length && timingSafeEqual(found, kept.hash)
}

interface KeptHash {
  readonly hash: Buffer
  readonly derive: (password: string) => Promise<Uint8Array>
}

const argon2Hash = (stored: string): KeptHash | undefined => {
  const [, memory, iterations, lanes, salt, hash] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored) ?? []
  if (salt === undefined || hash === undefined) return undefined
  const its: Cost = { memorySize: Number(memory), iterations: Number(iterations), parallelism: Number(lanes) }
  return {
    hash: Buffer.from(hash, 'base64'),
    derive: (password) => argon2(password, Buffer.from(salt, 'base64'), its),
  }
}

/** `scrypt.<log2 N>.<r>.<p>.<salt>.<hash>`: how the first programs kept them. */
const scryptHash = (stored: string): KeptHash | undefined => {
  const [, logN, r, p, salt, hash] = /^scrypt\.(\d+)\.(\d+)\.(\d+)\.([\w-]+)\.([\w-]+)$/.exec(stored) ?? []
  if (salt === undefined || hash === undefined) return undefined
  const its = { N: 2 ** Number(logN), r: Number(r), p: Number(p) }
  return {
    hash: Buffer.from(hash, 'base64url'),
    derive: (password) => inTurn(() => scryptOf(password, Buffer.from(salt, 'base64url'), its)),
  }
}

/** An empty password is nobody's, and the library takes none: it costs as much as any other. */
const argon2 = (password: string, salt: Uint8Array, its: Cost): Promise<Uint8Array> => {
  const typed = password === '' ? '\0' : password.normalize('NFKC')
  return inTurn(() => argon2id({ ...its, password: typed, salt, hashLength: 32, outputType: 'binary' }))
}

/** One at a time: a crowd at the door must neither take the memory nor all turns of the thread. */
let last: Promise<unknown> = Promise.resolve()

const inTurn = <T>(derive: () => Promise<T>): Promise<T> => {
  const mine = last.then(nextTurn).then(derive)
  last = mine.catch(() => undefined)
  return mine
}

const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

const scryptOf = (
  password: string,
  salt: Buffer,
  its: { readonly N: number; readonly r: number; readonly p: number },
) =>
  new Promise<Buffer>((resolve, reject) => {
    const options = { ...its, maxmem: 256 * its.N * its.r }
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** As the encoded form of argon2 has it: without padding. */
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')
