/** The certificate and key a unit signs with, and the checks that must hold before anything is signed. */
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Profile } from '#core/invoice/draft.ts'
import { memory } from '#core/memory.ts'
import type { Chain, Company, Credentials, Csid, DocumentRecord, Ports, Reader, Signer, Unit } from '#core/ports.ts'
import { type Certificate, parseCertificate } from '#core/zatca/certificate.ts'
import { companyIn } from './environments.ts'

/** Ties a key envelope to its owner, so that it cannot be used for another company or unit. */
export const keyBinding = (unit: Unit): string => `${unit.companyId}/${unit.id}/${unit.environment}/signing-key`

/** Ties the secret of a CSID to its unit and purpose. */
export const secretBinding = (unit: Unit, purpose: Csid['purpose']): string =>
  `${unit.companyId}/${unit.id}/${unit.environment}/${purpose}-secret`

export interface UnitOfCompany {
  readonly unit: Unit
  /** As it appears in the unit's environment */
  readonly company: Company
}

export const unitOfCompany = async (reader: Reader, unitId: string): Promise<UnitOfCompany> => {
  const unit = await reader.unit(unitId)
  if (unit === undefined) throw new Failure('unit/not-found')
  const company = await reader.company(unit.companyId)
  if (company === undefined) throw new Failure('company/not-found')
  return { unit, company: companyIn(unit.environment, company) }
}

/** The newest of a purpose among a unit's CSIDs. */
export const newestOf = (csids: readonly Csid[], purpose: Csid['purpose']): Csid | undefined =>
  csids
    .filter((csid) => csid.purpose === purpose)
    .toSorted((a, b) => b.epoch - a.epoch || b.createdAt.localeCompare(a.createdAt))[0]

/** The newest credential of a purpose; undefined before ZATCA issued one. */
export const newestCsid = async (reader: Reader, unitId: string, purpose: Csid['purpose']): Promise<Csid | undefined> =>
  newestOf(await reader.csids(unitId), purpose)

/**
 * The credential that a stored document is sent with: the one in use, also for a document that an earlier certificate has signed. A
 * renewal revokes the earlier credential (spec A5), which from then on is answered with 401 whatever it sends (B7), while the document
 * itself stays as it was signed (G5): at worst ZATCA rejects its stamp, and a rejected document can be corrected.
 */
export const submissionCsid = async (reader: Reader, document: Pick<DocumentRecord, 'unitId'>): Promise<Csid> => {
  const csid = await newestCsid(reader, document.unitId, 'production')
  if (csid === undefined) throw new Failure('unit/not-ready')
  return csid
}

export const openCredentials = async ({ keys }: Pick<Ports, 'keys'>, unit: Unit, csid: Csid): Promise<Credentials> => ({
  token: csid.token,
  secret: await keys.openSecret(csid.sealedSecret, secretBinding(unit, csid.purpose)),
})

const certificates = memory<Certificate>()

/** Signs under this CSID with the key that it was issued for; throws `certificate/wrong-key` when they do not belong together. */
export const openSigner = async (
  { keys, storage }: Pick<Ports, 'keys' | 'storage'>,
  unit: Unit,
  csid: Csid,
): Promise<Signer> => {
  const envelope = csid.keyId === undefined ? undefined : await storage.read.keyEnvelope(csid.keyId)
  if (envelope === undefined) throw new Failure('unit/not-ready', { reason: 'the certificate has lost its key' })
  const certificate = certificates.get(csid.token) ?? certificates.keep(csid.token, parseCertificate(csid.token))
  return keys.signer(envelope, keyBinding(unit), certificate)
}

/** Throws `certificate/not-yet-valid` or `certificate/expired`: ZATCA would refuse the stamp, after the number was spent. */
export const assertValid = (certificate: Pick<Certificate, 'notBefore' | 'notAfter'>, now: number): void => {
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

/** Throws `chain/busy` when a renewal has put another chain in place since the certificate was chosen: each signs its own chain only. */
export const assertSameEpoch = (chain: Chain, csid: Pick<Csid, 'epoch'>): void => {
  if (chain.epoch === csid.epoch) return
  throw new Failure('chain/busy', { reason: 'the certificate was renewed in this moment' })
}

/** Throws `unit/functionality` when the unit was not onboarded for this kind of document (spec B4). */
export const assertFunctionality = (unit: Unit, profile: Profile): void => {
  const position = profile === 'standard' ? 0 : 1
  if (unit.functionality[position] === '1') return
  throw new Failure('unit/functionality', { details: { profile, functionality: unit.functionality } })
}
