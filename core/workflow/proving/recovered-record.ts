/** The record of a document that is known from its signed file alone. */
import { instant } from '#core/instant.ts'
import { rulePack } from '#core/invoice/rules/index.ts'
import type { Chain, DocumentRecord, Ports, Unit } from '#core/ports.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { chainField } from '#core/zatca/chain.ts'
import type { RequestKey } from '../archiving/request-keys.ts'
import { sha256Hex } from '../fingerprint.ts'
import { taxAmountSar } from '../issuing/document-record.ts'
import { fromRiyadh } from '../riyadh-time.ts'
import { draftOfInvoice } from './draft-of-invoice.ts'
import { type ReadLink, readLink } from './verify-chain.ts'

export interface RecoveredLink {
  readonly chain: Chain
  readonly unit: Unit
  readonly csidId: string
  readonly key: Pick<RequestKey, 'idempotencyKey' | 'bodySha256'> | undefined
  readonly link: ReadLink & { readonly place: Pick<DocumentRecord, 'icv' | 'pih' | 'uuid' | 'hash'> }
}

export type RecoveredRecord = Omit<DocumentRecord, 'reissueNo' | 'supersedes'>

/** Without the caller's key, kept beside the archive, a repetition of his request is refused by its number, which is used already. */
export const recoveredRecord = (
  { ids }: Pick<Ports, 'ids'>,
  { chain, unit, csidId, link, key }: RecoveredLink,
): RecoveredRecord => {
  const { invoice, stamp, place } = link
  const { uuid: _ofThisDocument, ...draft } = draftOfInvoice(invoice)
  return {
    id: ids.uuid(),
    companyId: unit.companyId,
    unitId: unit.id,
    chainId: chain.id,
    environment: unit.environment,
    ...place,
    kind: draft.kind,
    profile: draft.profile,
    number: draft.number,
    issueDate: invoice.issueDate ?? '',
    issueTime: invoice.issueTime ?? '',
    buyerName: draft.buyer?.name,
    currency: invoice.documentCurrencyCode ?? 'SAR',
    taxInclusiveAmount: invoice.legalMonetaryTotal?.taxInclusiveAmount?.value ?? '0.00',
    taxAmountSar: taxAmountSar(invoice),
    sealedAt: sealingTime(stamp.signingTime ?? ''),
    rulePack,
    warnings: [],
    draft,
    qr: chainField(invoice, 'QR') ?? '',
    csidId,
    ...(key ?? withoutKey(place)),
  }
}

/** A key that no caller has. */
export const withoutKey = ({ uuid, hash }: Pick<DocumentRecord, 'uuid' | 'hash'>) => ({
  idempotencyKey: `recovered-${uuid}`,
  bodySha256: sha256Hex(`recovered ${hash}`),
})

/** The stamp tells it to the second, in Riyadh. */
const sealingTime = (signingTime: string): string => {
  const [date = '', time = ''] = signingTime.split('T')
  return instant(fromRiyadh({ date, time }))
}

/** What ZATCA gave back, when the archive has it and it proves itself: our document under ZATCA's own stamp. */
export const clearedBytesOf = async (
  { blobs }: Pick<Ports, 'blobs'>,
  record: RecoveredRecord,
  path: string,
): Promise<Uint8Array | undefined> => {
  const bytes = record.profile === 'standard' ? await blobs.get(path) : undefined
  return bytes !== undefined && (await isOursCleared(record, bytes)) ? bytes : undefined
}

const isOursCleared = async (record: RecoveredRecord, bytes: Uint8Array): Promise<boolean> => {
  const { invoice, stamp, hash, checks } = await readLink(bytes)
  // ZATCA's certificate names no seller (spec E2).
  const byAuthority = parseCertificate(stamp.certificate ?? '').vatNumber === undefined
  const sound = checks.every(({ id, ok }) => ok || id === 'CERTIFICATE/vatNumber')
  return byAuthority && sound && invoice.uuid === record.uuid && hash === record.hash
}
