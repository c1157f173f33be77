/** The second factor: six digits that an app of the user computes from a shared secret and the time (RFC 6238). Chosen by each user. */
import { Secret, TOTP } from 'otpauth'
import { auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, User } from '#core/ports.ts'
import { verifyPassword } from './passwords.ts'
import { tokenHash } from './sessions.ts'
import { totpBinding } from './totp-binding.ts'
import { stepOf } from './totp-code.ts'

type Needed = Pick<Ports, 'storage' | 'clock' | 'ids' | 'keys'>

const ENROLMENT_MS = 10 * 60_000
const PURPOSE = 'totp'
const ISSUER = 'Khatm'

/** For the app: as text to type, and as the address in the QR code. */
export interface TotpOffer {
  readonly text: string
  readonly uri: string
}

/** A secret that counts once its first code was typed, within ten minutes. Throws `access/wrong-password`. */
export const offerTotp = async (ports: Needed, user: User, password: string): Promise<TotpOffer> => {
  if (!(await verifyPassword(password, user.passwordHash))) throw new Failure('access/wrong-password')
  const secret = new Secret({ size: 20 })
  const sealed = await ports.keys.sealSecret(secret.base32, totpBinding(user.id))
  const now = ports.clock.now()
  await ports.storage.write((tx) =>
    tx.addOneTimeToken({
      tokenSha256: enrolmentOf(user),
      purpose: PURPOSE,
      details: { sealed },
      createdAt: instant(now),
      expiresAt: instant(now + ENROLMENT_MS),
    }),
  )
  const uri = new TOTP({ issuer: ISSUER, label: user.username, secret }).toString()
  return { text: secret.base32, uri }
}

/** One for each user: a later offer takes the place of an earlier one. */
const enrolmentOf = ({ id }: User): string => tokenHash(totpBinding(id))

/** From now on every sign-in asks for a code; other sessions end. Throws `access/no-enrolment`, `access/wrong-code`. */
export const confirmTotp = async (ports: Needed, user: User, token: string, code: string): Promise<void> => {
  const now = ports.clock.now()
  const offered = await ports.storage.read.oneTimeToken(enrolmentOf(user), PURPOSE)
  const sealed = offered?.details['sealed']
  if (offered === undefined || offered.expiresAt <= instant(now) || typeof sealed !== 'string')
    throw new Failure('access/no-enrolment')
  const totpStep = stepOf(await ports.keys.openSecret(sealed, totpBinding(user.id)), code, now)
  if (totpStep === undefined) throw new Failure('access/wrong-code')
  await ports.storage.write(async (tx) => {
    const taken = await tx.takeOneTimeToken(enrolmentOf(user), PURPOSE, instant(now))
    if (taken?.details['sealed'] !== sealed) throw new Failure('access/no-enrolment')
    await tx.updateUser(user.id, { sealedTotpSecret: sealed, totpStep })
    await tx.removeSessions(user.id, tokenHash(token))
    await tx.addAudit(auditEntry(ports, user.id, 'access/totp-added'))
  })
}

/** A user's own. Throws `access/wrong-password`. */
export const removeTotp = async (ports: Needed, user: User, password: string): Promise<void> => {
  if (!(await verifyPassword(password, user.passwordHash))) throw new Failure('access/wrong-password')
  await ports.storage.write(async (tx) => {
    await tx.updateUser(user.id, { sealedTotpSecret: undefined, totpStep: undefined })
    await tx.addAudit(auditEntry(ports, user.id, 'access/totp-removed'))
  })
}
