/** The certificate and key a unit signs with, and the checks that must hold before anything is signed. */
import { Failure } from '#core/errors.ts'
import type { Profile } from '#core/invoice/draft.ts'
import type { Company, Credentials, Csid, Ports, Reader, Signer, Unit } from '#core/ports.ts'
import { type Certificate, parseCertificate } from '#core/zatca/certificate.ts'
import { instant } from './riyadh-time.ts'

/** Ties a key envelope to its owner, so that it cannot be used for another company or unit. */
export const keyBinding = (unit: Unit): string => `${unit.companyId}/${unit.id}/${unit.environment}/signing-key`

/** Ties the secret of a CSID to its unit and purpose. */
export const secretBinding = (unit: Unit, purpose: Csid['purpose']): string =>
  `${unit.companyId}/${unit.id}/${unit.environment}/${purpose}-secret`

export interface UnitOfCompany {
  readonly unit: Unit
  readonly company: Company
}

export const unitOfCompany = async (reader: Reader, unitId: string): Promise<UnitOfCompany> => {
  const unit = await reader.unit(unitId)
  if (unit === undefined) throw new Failure('unit/not-found')
  const company = await reader.company(unit.companyId)
  if (company === undefined) throw new Failure('company/not-found')
  return { unit, company }
}

/** The newest credential of a purpose; undefined before ZATCA issued one. */
export const newestCsid = async (reader: Reader, unitId: string, purpose: Csid['purpose']): Promise<Csid | undefined> =>
  (await reader.csids(unitId))
    .filter((csid) => csid.purpose === purpose)
    .toSorted((a, b) => b.epoch - a.epoch || b.createdAt.localeCompare(a.createdAt))[0]

export const openCredentials = async ({ keys }: Pick<Ports, 'keys'>, unit: Unit, csid: Csid): Promise<Credentials> => ({
  token: csid.token,
  secret: await keys.openSecret(csid.sealedSecret, secretBinding(unit, csid.purpose)),
})

/** The unit's signer under this CSID; throws `certificate/wrong-key` when the certificate belongs to another key. */
export const openSigner = async ({ keys, storage }: Ports, unit: Unit, csid: Csid): Promise<Signer> => {
  const envelope = unit.keyId === undefined ? undefined : await storage.read.keyEnvelope(unit.keyId)
  if (envelope === undefined) throw new Failure('unit/not-ready', { reason: 'the unit has no key' })
  return keys.signer(envelope, keyBinding(unit), parseCertificate(csid.token))
}

/** Throws `certificate/not-yet-valid` or `certificate/expired`: ZATCA would refuse the stamp, after the number was spent. */
export const assertValid = (certificate: Certificate, now: number): void => {
  const { notBefore, notAfter } = certificate
  const details = { notBefore, notAfter, now: instant(now) }
  if (now < Date.parse(notBefore)) throw new Failure('certificate/not-yet-valid', { details })
  if (now > Date.parse(notAfter)) throw new Failure('certificate/expired', { details })
}

/** Throws `certificate/wrong-vat-number` unless the certificate may sign for one of these VAT numbers. */
export const assertVatNumber = (certificate: Certificate, allowed: readonly (string | undefined)[]): void => {
  if (certificate.vatNumber !== undefined && allowed.includes(certificate.vatNumber)) return
  throw new Failure('certificate/wrong-vat-number', {
    details: { certificate: certificate.vatNumber, document: allowed.filter((entry) => entry !== undefined) },
  })
}

/** Throws `unit/functionality` when the unit was not onboarded for this kind of document (spec B4). */
export const assertFunctionality = (unit: Unit, profile: Profile): void => {
  const position = profile === 'standard' ? 0 : 1
  if (unit.functionality[position] === '1') return
  throw new Failure('unit/functionality', { details: { profile, functionality: unit.functionality } })
}
