/** The way to a token: the vendor's library loaded once, the token found by its label, a session signed in with the PIN. */
import { createHash } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import { locked, readPrivate } from './private-file.ts'

type Pkcs11 = typeof import('pkcs11js')

export interface Token {
  readonly pkcs11: Pkcs11
  readonly library: InstanceType<Pkcs11['PKCS11']>
  readonly label: string
}

export interface Connection extends Token {
  readonly session: Buffer
}

/** Throws `key/locked` when `pkcs11js` was not built or the library cannot be loaded. */
export const tokenOf = async (options: { readonly module: string; readonly token: string }): Promise<Token> => {
  const pkcs11 = await import('pkcs11js').then(
    (loaded) => loaded.default,
    (cause) => {
      throw locked('pkcs11js is not built on this machine: npm run build:pkcs11', cause)
    },
  )
  return { pkcs11, library: loaded(pkcs11, options.module), label: options.token }
}

/** A process initialises a library once; whatever else it holds of the same token shares its sign-in. */
const libraries = new Map<string, Token['library']>()

const loaded = (pkcs11: Pkcs11, module: string): Token['library'] => {
  const known = libraries.get(module)
  if (known !== undefined) return known
  const library = new pkcs11.PKCS11()
  try {
    library.load(module)
    library.C_Initialize()
  } catch (cause) {
    throw locked('the PKCS#11 module cannot be loaded', cause)
  }
  libraries.set(module, library)
  return library
}

/** A session signed in as the user. The PIN is read anew each time. */
export const connect = async (token: Token, pinFile: string, access: 'to read' | 'to write'): Promise<Connection> => {
  const pin = (await readPrivate(pinFile)).trim()
  const { pkcs11, library } = token
  try {
    const flags = access === 'to write' ? pkcs11.CKF_RW_SESSION : 0
    const session = library.C_OpenSession(slotOf(token), pkcs11.CKF_SERIAL_SESSION | flags)
    signIn({ ...token, session }, pin)
    return { ...token, session }
  } catch (thrown) {
    throw tokenFailure(thrown)
  }
}

/** Tokens lock themselves after a few wrong PINs: one that was refused is never tried again by this process. As digests. */
const refusedPins = new Set<string>()

/** The sign-in holds for the whole process and token. */
const signIn = (connection: Connection, pin: string): void => {
  const { pkcs11, library, session, label } = connection
  const digest = createHash('sha256').update(`${label}:${pin}`).digest('hex')
  try {
    if (refusedPins.has(digest)) throw locked('this PIN was refused before and is not tried again')
    library.C_Login(session, pkcs11.CKU_USER, pin)
  } catch (thrown) {
    if (codeOf(thrown) === 'CKR_USER_ALREADY_LOGGED_IN') return
    if (codeOf(thrown) === 'CKR_PIN_INCORRECT') refusedPins.add(digest)
    disconnect(connection)
    throw thrown
  }
}

/** The end of a session; one that the token has ended already is ended. */
export const disconnect = ({ library, session }: Connection): void => {
  try {
    library.C_CloseSession(session)
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown
  }
}

const slotOf = ({ library, label }: Token): Buffer => {
  const found = library.C_GetSlotList(true).filter((slot) => library.C_GetTokenInfo(slot).label.trim() === label)
  const [slot, ...others] = found
  if (slot === undefined) throw locked('no token of this label')
  if (others.length > 0) throw locked('several tokens of this label')
  return slot
}

/** What a token says when it was pulled out, reset or signed out: everything that was opened has to be opened again. */
const lost: ReadonlySet<string> = new Set([
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_SESSION_CLOSED',
  'CKR_OBJECT_HANDLE_INVALID',
  'CKR_KEY_HANDLE_INVALID',
  'CKR_USER_NOT_LOGGED_IN',
  'CKR_TOKEN_NOT_PRESENT',
  'CKR_DEVICE_REMOVED',
  'CKR_DEVICE_ERROR',
])

export const endsConnection = (thrown: unknown): boolean => lost.has(codeOf(thrown) ?? '')

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error ? /CKR_\w+/.exec(thrown.message)?.[0] : undefined

/** `key/locked` with the token's own code as the reason; a Failure stays what it is. */
export const tokenFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure ? thrown : locked(codeOf(thrown) ?? 'the token does not answer', thrown)
