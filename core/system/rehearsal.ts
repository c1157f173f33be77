/** Asks a running practice gateway for a one-time password, as a taxpayer asks ZATCA's portal for one. */
import { z } from 'zod'
import { Failure } from '#core/errors.ts'
import type { Clock } from '#core/ports.ts'

const answer = z.object({ otp: z.string(), expiresAt: z.iso.datetime() })

export interface Rehearsal {
  /** A password for this taxpayer and the seconds it stays valid */
  otp(vatNumber: string): Promise<{ readonly otp: string; readonly validSeconds: number }>
}

/** `url` is the practice gateway's address without path; throws `gateway/unreachable` when nobody answers there. */
export const rehearsalAt = (url: string, clock: Clock): Rehearsal => ({
  otp: async (vatNumber) => {
    const { otp, expiresAt } = answer.parse(await askFor(`${url}/control/otp`, { vatNumber }))
    return { otp, validSeconds: Math.floor((Date.parse(expiresAt) - clock.now()) / 1000) }
  },
})

const askFor = async (address: string, body: object): Promise<unknown> => {
  try {
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) })
    return await response.json()
  } catch (cause) {
    throw new Failure('gateway/unreachable', { reason: 'the practice gateway does not answer', cause })
  }
}
