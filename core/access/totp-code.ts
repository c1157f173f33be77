/** A code of the second factor (RFC 6238): six digits for half a minute. */
import { Secret, TOTP } from 'otpauth'

const PERIOD_MS = 30_000
/** Clocks of telephones: the code before and the one after are taken too. */
const WINDOW = 1

/** The time step that the code belongs to; undefined for a wrong code. `now` in milliseconds. */
export const stepOf = (secret: string, code: string, now: number): number | undefined => {
  const token = code.replaceAll(/\s/g, '')
  const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / PERIOD_MS) + delta
}
