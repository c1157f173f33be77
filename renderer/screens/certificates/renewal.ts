/** The address of a renewal or a new start: it names the certificate that is given up, so that it can be left and resumed. */
import type { Place } from '../../place.ts'

/** `renew`: ZATCA still accepts the certificate; `anew`: it does not, or its data are wrong. */
export type RenewalKind = 'renew' | 'anew'

export interface Renewal {
  readonly kind: RenewalKind
  readonly giveUp: string
}

export const renewalOf = (unitId: string, kind: RenewalKind, csidId: string): Place => ({
  screen: 'onboarding',
  id: unitId,
  action: `${kind}:${csidId}`,
})

/** Undefined for the way of a new unit. */
export const parseRenewal = (action: string | undefined): Renewal | undefined => {
  const [, kind, giveUp] = /^(renew|anew):(.+)$/.exec(action ?? '') ?? []
  if ((kind !== 'renew' && kind !== 'anew') || giveUp === undefined) return undefined
  return { kind, giveUp }
}
