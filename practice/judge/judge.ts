/** The judge: everything there is to say about one submitted document, in the order of ZATCA's stages. */
import type { Certificate } from '../certificates/certificate.ts'
import type { Ledger } from '../ledger.ts'
import { chainFindings } from './chain.ts'
import { contentFindings } from './checks.ts'
import { asWarnings, type Finding, finding, isError } from './finding.ts'
import { type Invoice, isSelfBilled, isSimplified } from './invoice.ts'
import { qrFindings } from './qr.ts'
import { stampFindings } from './stamp-check.ts'

export type Channel = 'compliance' | 'reporting' | 'clearance'

/** The circumstances under which a document is judged. */
export interface Circumstances {
  readonly channel: Channel
  readonly certificate: Certificate
  readonly csid: string
  readonly roots: readonly Certificate[]
  readonly ledger: Ledger
  readonly clearanceIsOff: boolean
  /** Whether ICV and PIH count: not for compliance documents, and not in the sandbox, where everybody sends the genesis PIH. */
  readonly isChained: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What the caller says of the document beside sending it. */
export interface Claims {
  readonly invoiceHash: string
  readonly uuid: string
}

/** All findings; after a schema error the later stages are skipped. */
export function judge(invoice: Invoice, claims: Claims, circumstances: Circumstances): readonly Finding[] {
  const content = contentFindings(invoice, circumstances.now)
  if (content.some(({ code }) => code === 'XSD_ZATCA_INVALID')) return content
  return [
    ...content,
    ...claimFindings(invoice, claims),
    ...channelFindings(invoice, circumstances),
    ...permissionFindings(invoice, circumstances.certificate),
    ...sealFindings(invoice, circumstances),
    ...(circumstances.isChained ? chainFindings(invoice, circumstances.csid, circumstances.ledger) : []),
  ]
}

const claimFindings = ({ hash, fields }: Invoice, claims: Claims): readonly Finding[] => [
  ...(claims.invoiceHash === hash ? [] : [finding('invalid-invoice-hash', { hash })]),
  ...(claims.uuid === fields.uuid ? [] : [finding('invalid-uuid', fields)]),
]

function channelFindings(invoice: Invoice, { channel, clearanceIsOff }: Circumstances): readonly Finding[] {
  const simplified = isSimplified(invoice)
  if (channel === 'reporting' && !simplified && !clearanceIsOff) return [finding('not-simplified')]
  return channel === 'clearance' && simplified ? [finding('not-standard')] : []
}

/** The certificate must be the seller's (self-billed: a party's) and allow this kind of document (spec B4, J7). */
function permissionFindings(invoice: Invoice, { vatNumber, functionalityMap }: Certificate): readonly Finding[] {
  const { sellerVatNumber, buyerVatNumber } = invoice.fields
  const isParty = vatNumber === sellerVatNumber || (isSelfBilled(invoice) && vatNumber === buyerVatNumber)
  const isAllowed = functionalityMap[isSimplified(invoice) ? 1 : 0] === '1'
  return isParty && isAllowed ? [] : [finding('certificate-permissions')]
}

/** Stamp and QR bind where nobody stamps the document again; before clearance they are optional and only inform. */
function sealFindings(invoice: Invoice, { channel, certificate, roots, now }: Circumstances): readonly Finding[] {
  const trust = { own: certificate, roots }
  if (isSimplified(invoice) || channel === 'reporting')
    return [...stampFindings(invoice, trust, now), ...qrFindings(invoice, isSimplified(invoice) ? 9 : 8)]
  return asWarnings([
    ...(invoice.stamp ? stampFindings(invoice, trust, now) : []),
    ...(invoice.fields.qr === '' ? [] : qrFindings(invoice, 8)),
  ])
}

export const isAccepted = (findings: readonly Finding[]): boolean => !findings.some(isError)
