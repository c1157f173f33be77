/** The address of a renewal survives leaving and coming back: it names the certificate that is given up. */
import { expect, it } from 'vitest'
import { hashOf, parsePlace } from '../../renderer/place.ts'
import { parseRenewal, renewalOf } from '../../renderer/screens/certificates/renewal.ts'

it.each(['renew', 'anew'] as const)('%s', (kind) => {
  const place = parsePlace(hashOf(renewalOf('unit-1', kind, 'csid-1')))
  expect(place).toMatchObject({ screen: 'onboarding', id: 'unit-1' })
  expect(parseRenewal(place.action)).toEqual({ kind, giveUp: 'csid-1' })
})

it.each([undefined, 'new', 'renew', 'renew:', 'other:csid-1'])('%s is none', (action) => {
  expect(parseRenewal(action)).toBeUndefined()
})
