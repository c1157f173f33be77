/** What the gateway remembers beside its ledger: its authority, CSIDs, OTPs and settings; kept in a file when there is a folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createAuthority } from './certificates/authority.ts'
import { ENVIRONMENT_NAMES } from './environments.ts'

const bytes = z.codec(
  z.base64(),
  z.custom<Uint8Array>((value) => value instanceof Uint8Array),
  {
    decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
    encode: (value) => Buffer.from(value).toString('base64'),
  },
)
const keyPair = z.object({ secretKey: bytes, certificate: bytes })

const credential = z.object({
  /** The request id under which it was issued; names the CSID in the ledger. */
  csid: z.string(),
  kind: z.enum(['compliance', 'production']),
  environment: z.enum(ENVIRONMENT_NAMES),
  vatNumber: z.string(),
  functionalityMap: z.string(),
  certificate: bytes,
  /** The csr as it was sent: the production certificate is made from it. */
  signingRequest: z.string(),
  /** SHA-256 of `token:secret`; the secret itself is not kept. */
  authorization: z.string(),
  /** The kinds of document that have passed the compliance check. */
  passed: z.array(z.string()),
  /** The CSID that is revoked when the one made from this is issued. */
  renews: z.string().optional(),
  isRevoked: z.boolean(),
})

const otp = z.object({ expiresAt: z.number(), vatNumber: z.string().optional() })

export const settingsSchema = z.object({
  /** Off: clearance answers 303 and reporting takes standard documents (spec A10). */
  clearance: z.enum(['on', 'off']),
  /** What a renewal answers: a certificate at once, or 428 with or without the outer `value` (spec A5). */
  renewal: z.enum(['issue', 'compliance', 'compliance-unwrapped']),
  /** An OTP that always passes and is never used up; null for none. */
  rehearsalOtp: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
})

const stateSchema = z.object({
  authority: z.object({ compliance: keyPair, production: keyPair, stamp: keyPair }),
  lastRequestId: z.number(),
  credentials: z.array(credential),
  otps: z.record(z.string(), otp),
  settings: settingsSchema,
})

export type Credential = z.infer<typeof credential>
export type Settings = z.infer<typeof settingsSchema>
export type State = z.infer<typeof stateSchema>

export const DEFAULT_SETTINGS: Settings = { clearance: 'on', renewal: 'issue', rehearsalOtp: '123456' }

const newState = (now: number): State => ({
  authority: createAuthority(now),
  lastRequestId: 0,
  credentials: [],
  otps: {},
  settings: { ...DEFAULT_SETTINGS },
})

/** The state of the folder, or a new one; `save` is to be called after every change. */
export function openState(now: number, folder?: string): { readonly state: State; save(): void } {
  const file = folder && join(folder, 'practice.json')
  const known = file && existsSync(file)
  const state = known ? z.decode(stateSchema, JSON.parse(readFileSync(file, 'utf8'))) : newState(now)
  const save = (): void => {
    if (file) replaceFile(file, JSON.stringify(z.encode(stateSchema, state)))
  }
  if (folder) mkdirSync(folder, { recursive: true })
  if (!known) save()
  return { state, save }
}

/** Written aside and renamed, so that a crash leaves the old file or the new one. */
function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
