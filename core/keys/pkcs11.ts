/** A key-encryption key inside a security module (PKCS#11): it never leaves the token, data keys go in and come out wrapped. */
import { randomBytes } from 'node:crypto'
import { Failure } from '#core/errors.ts'
import type { KeyEncryption } from '#core/ports.ts'
import { NONCE_BYTES, TAG_BYTES } from './envelope.ts'
import {
  type Connection,
  connect,
  disconnect,
  endsConnection,
  type Token,
  tokenFailure,
  tokenOf,
} from './pkcs11-token.ts'
import { locked } from './private-file.ts'

export interface Pkcs11Options {
  /** The vendor's library: `/usr/lib/softhsm/libsofthsm2.so` */
  readonly module: string
  /** Label of the token; slots change their numbers, tokens keep their labels */
  readonly token: string
  /** Read at each sign-in to the token, never kept */
  readonly pinFile: string
  /** Label of the AES key in the token */
  readonly key: string
}

/**
 * Data keys under the token's AES-256 key (CKM_AES_GCM; the binding is the associated data). Throws `key/locked` when module, token,
 * PIN or key cannot be reached, and for a key that the token would give away.
 */
export const pkcs11Encryption = async (options: Pkcs11Options): Promise<KeyEncryption> => {
  const token = await tokenOf(options)
  const inTurn = queue()
  let opened: OpenedKey | undefined = await openKey(token, options)
  const { id } = opened
  const once = async (work: Work): Promise<Uint8Array> => {
    opened ??= await openKey(token, options)
    if (opened.id !== id) throw locked('the token now holds another key under this label')
    try {
      return await work(opened)
    } catch (thrown) {
      // An operation that failed may still be open in its session, which would refuse the next one.
      disconnect(opened)
      opened = undefined
      throw thrown
    }
  }
  /** A token that was pulled out or reset is signed in to once more; a second loss is told. */
  const again = (work: Work) => (thrown: unknown) => {
    if (!endsConnection(thrown)) throw thrown
    return once(work)
  }
  const withKey = (work: Work): Promise<Uint8Array> =>
    inTurn(() => once(work).catch(again(work))).catch((thrown) => {
      throw tokenFailure(thrown)
    })
  return {
    provider: `pkcs11-${id}`,
    wrap: (dataKey, binding) => withKey((opened) => encrypted(opened, dataKey, binding)),
    unwrap: (wrapped, binding) => withKey((opened) => decrypted(opened, wrapped, binding)),
  }
}

type Work = (opened: OpenedKey) => Promise<Uint8Array>

/** Makes the AES-256 key in the token: sensitive and not extractable. Throws `key/locked` when the label is taken. */
export const makePkcs11Key = async (options: Pkcs11Options): Promise<void> => {
  const token = await tokenOf(options)
  const connection = await connect(token, options.pinFile, 'to write')
  try {
    if (keysLabelled(connection, options.key).length > 0) throw locked('the token holds a key of this label already')
    const { pkcs11, library, session } = connection
    library.C_GenerateKey(session, { mechanism: pkcs11.CKM_AES_KEY_GEN }, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_SECRET_KEY },
      { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_AES },
      { type: pkcs11.CKA_VALUE_LEN, value: 32 },
      { type: pkcs11.CKA_LABEL, value: options.key },
      { type: pkcs11.CKA_ID, value: randomBytes(ID_BYTES) },
      ...[pkcs11.CKA_TOKEN, pkcs11.CKA_PRIVATE, pkcs11.CKA_SENSITIVE].map((type) => ({ type, value: true })),
      ...[pkcs11.CKA_ENCRYPT, pkcs11.CKA_DECRYPT].map((type) => ({ type, value: true })),
      ...[pkcs11.CKA_EXTRACTABLE, pkcs11.CKA_WRAP, pkcs11.CKA_UNWRAP].map((type) => ({ type, value: false })),
    ])
  } catch (thrown) {
    throw tokenFailure(thrown)
  } finally {
    disconnect(connection)
  }
}

const ID_BYTES = 8

interface OpenedKey extends Connection {
  readonly handle: Buffer
  /** CKA_ID in hexadecimal: names the key in every envelope that it wraps */
  readonly id: string
}

const openKey = async (token: Token, options: Pkcs11Options): Promise<OpenedKey> => {
  const connection = await connect(token, options.pinFile, 'to read')
  try {
    const [handle, ...others] = keysLabelled(connection, options.key)
    if (handle === undefined) throw locked('the token holds no AES key of this label')
    if (others.length > 0) throw locked('the token holds several keys of this label')
    return { ...connection, handle, id: idOf(connection, handle) }
  } catch (thrown) {
    disconnect(connection)
    throw tokenFailure(thrown)
  }
}

const keysLabelled = ({ pkcs11, library, session }: Connection, label: string): readonly Buffer[] => {
  library.C_FindObjectsInit(session, [
    { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_SECRET_KEY },
    { type: pkcs11.CKA_KEY_TYPE, value: pkcs11.CKK_AES },
    { type: pkcs11.CKA_LABEL, value: label },
  ])
  const found = library.C_FindObjects(session, 2)
  library.C_FindObjectsFinal(session)
  return found
}

/** Refuses a key that was ever, or still is, fit to be taken out: then the token protects nothing. */
const idOf = ({ pkcs11, library, session }: Connection, handle: Buffer): string => {
  const asked = [pkcs11.CKA_ID, pkcs11.CKA_SENSITIVE, pkcs11.CKA_EXTRACTABLE, pkcs11.CKA_NEVER_EXTRACTABLE]
  const answers = library.C_GetAttributeValue(
    session,
    handle,
    asked.map((type) => ({ type })),
  )
  const [id, sensitive, extractable, never] = answers.map(({ value }) => value)
  const kept = sensitive?.[0] === 1 && extractable?.[0] === 0 && never?.[0] === 1
  if (!kept) throw locked('the key could be taken out of the token: make one that cannot')
  if (id === undefined || id.length === 0) throw locked('the key in the token has no CKA_ID')
  return id.toString('hex')
}

/** Nonce, ciphertext and tag in one piece, as every envelope has them. */
const encrypted = async (opened: OpenedKey, plain: Uint8Array, binding: string): Promise<Uint8Array> => {
  const { library, session, handle } = opened
  const nonce = randomBytes(NONCE_BYTES)
  library.C_EncryptInit(session, gcm(opened, nonce, binding), handle)
  const room = Buffer.alloc(plain.length + TAG_BYTES)
  return Buffer.concat([nonce, await library.C_EncryptAsync(session, viewOf(plain), room)])
}

/** A module only says that something was wrong with what it decrypted: `key/malformed`, as everywhere. */
const decrypted = async (opened: OpenedKey, wrapped: Uint8Array, binding: string): Promise<Uint8Array> => {
  if (wrapped.length < NONCE_BYTES + TAG_BYTES) throw new Failure('key/malformed', { reason: 'too short' })
  const { library, session, handle } = opened
  library.C_DecryptInit(session, gcm(opened, viewOf(wrapped.subarray(0, NONCE_BYTES)), binding), handle)
  try {
    return await library.C_DecryptAsync(
      session,
      Buffer.from(wrapped.subarray(NONCE_BYTES)),
      Buffer.alloc(wrapped.length),
    )
  } catch (cause) {
    if (endsConnection(cause)) throw cause
    throw new Failure('key/malformed', { reason: 'does not open with the key in the token and this binding', cause })
  }
}

/** The same bytes, not a copy that nobody wipes. */
const viewOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length)

const gcm = ({ pkcs11 }: Connection, iv: Buffer, binding: string) => ({
  mechanism: pkcs11.CKM_AES_GCM,
  parameter: {
    type: pkcs11.CK_PARAMS_AES_GCM_v240,
    iv,
    ivBits: NONCE_BYTES * 8,
    aad: Buffer.from(binding),
    tagBits: TAG_BYTES * 8,
  },
})

/** A session does one operation at a time; the calls leave the main thread, so that a slow module does not stop the server. */
const queue = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}
