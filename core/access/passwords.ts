/** Passwords: which are good enough, and how they are kept (scrypt, with its parameters beside the hash). */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import { commonPasswords } from './common-passwords.ts'

const SHORTEST = 10
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

interface Cost {
  readonly logN: number
  readonly r: number
  readonly p: number
}

/** OWASP's and ASVS' minimum for scrypt; 128 MB for a few tenths of a second. */
const cost: Cost = { logN: 17, r: 8, p: 1 }

/** `scrypt.<log2 N>.<r>.<p>.<salt>.<hash>`: a later cost does not lock out those who joined earlier. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  const hash = await derive(password, salt, cost)
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('.')
}

/** Constant time; without a hash (nobody of that name) it takes as long and answers no. */
export const verifyPassword = async (password: string, stored: string | undefined): Promise<boolean> => {
  const [, logN, r, p, salt, hash] = /^scrypt\.(\d+)\.(\d+)\.(\d+)\.([\w-]+)\.([\w-]+)$/.exec(stored ?? '') ?? []
  if (salt === undefined || hash === undefined) {
    await derive(password, randomBytes(16), cost)
    return false
  }
  const found = await derive(password, Buffer.from(salt, 'base64url'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  })
  const expected = Buffer.from(hash, 'base64url')
  return found.length === expected.length && timingSafeEqual(found, expected)
}

/** One at a time: a crowd at the door must not take 128 MB each. */
let last: Promise<unknown> = Promise.resolve()

const derive = (password: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Buffer> => {
  const mine = last.then(() => scryptOf(password.normalize('NFKC'), salt, { logN, r, p }))
  last = mine.catch(() => undefined)
  return mine
}

const scryptOf = (password: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r }
    scrypt(password, salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
