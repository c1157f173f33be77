/** What is stored about an issued document, and its place in the queue to ZATCA. */
import { instant } from '#core/instant.ts'
import type { Invoice } from '#core/invoice/document.ts'
import { rulePack } from '#core/invoice/rules/index.ts'
import type { Chain, DocumentRecord, OutboxRow, Ports } from '#core/ports.ts'
import type { Sealed } from '#core/zatca/seal.ts'
import { fromRiyadh } from '../riyadh-time.ts'
import type { Issuer } from './check-sale.ts'
import type { Place } from './plan.ts'

export const recordOf = (
  { ids }: Pick<Ports, 'ids'>,
  { company, unit, csid }: Issuer,
  chain: Chain,
  { plan, icv, pih, sealedAt, invoice }: Place,
  sealed: Sealed,
): DocumentRecord => ({
  id: ids.uuid(),
  companyId: company.id,
  unitId: unit.id,
  chainId: chain.id,
  environment: unit.environment,
  icv,
  uuid: invoice.uuid ?? '',
  pih,
  hash: sealed.hash,
  kind: plan.draft.kind,
  profile: plan.draft.profile,
  number: plan.draft.number,
  reissueNo: plan.predecessor === undefined ? 0 : plan.predecessor.reissueNo + 1,
  supersedes: plan.predecessor?.id,
  issueDate: invoice.issueDate ?? '',
  issueTime: invoice.issueTime ?? '',
  buyerName: plan.draft.buyer?.name,
  currency: invoice.documentCurrencyCode ?? 'SAR',
  taxInclusiveAmount: invoice.legalMonetaryTotal?.taxInclusiveAmount?.value ?? '0.00',
  taxAmountSar: taxAmountSar(invoice),
  sealedAt: instant(sealedAt),
  rulePack,
  warnings: plan.warnings,
  draft: plan.draft,
  qr: sealed.qr,
  csidId: csid.id,
  idempotencyKey: plan.request.idempotencyKey,
  bodySha256: plan.bodySha256,
})

/** BT-111, which equals BT-110 when the document is in SAR. */
export const taxAmountSar = ({ taxTotal = [] }: Invoice): string =>
  taxTotal.find(({ taxAmount }) => taxAmount?.currencyID === 'SAR')?.taxAmount?.value ?? '0.00'

const day = 24 * 3_600_000

/** Standard documents are due at once, somebody waits for them; simplified ones within 24 hours of their issue (A12). */
export const outboxRowOf = (document: DocumentRecord): OutboxRow => {
  const issued = fromRiyadh({ date: document.issueDate, time: document.issueTime })
  const standard = document.profile === 'standard'
  return {
    documentId: document.id,
    endpoint: standard ? 'clearance' : 'reporting',
    state: 'pending',
    heldReason: undefined,
    deadlineAt: standard ? document.sealedAt : instant(issued + day),
    nextAt: document.sealedAt,
    leaseUntil: undefined,
    fence: 0,
    claims: 0,
    firstSentAt: undefined,
    leaseOwner: undefined,
  }
}
