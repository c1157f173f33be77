/** Everything that may refuse a sale before a number is taken: the unit, all rules on the document, the certificate. */
import { Failure } from '#core/errors.ts'
import { completeDraft } from '#core/invoice/complete.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Draft } from '#core/invoice/draft.ts'
import { judge } from '#core/invoice/rules/index.ts'
import type { Violation } from '#core/invoice/rules/rule.ts'
import type { Company, Csid, Ports, Signer } from '#core/ports.ts'
import { assertClock } from '../clock-guard.ts'
import { riyadhText, riyadhTime } from '../riyadh-time.ts'
import { withParties } from '../seller.ts'
import { type Settings, settingsOf } from '../settings.ts'
import {
  assertFunctionality,
  assertValid,
  assertVatNumber,
  newestCsid,
  openSigner,
  type UnitOfCompany,
} from '../signing.ts'

/** Who issues, as it stands at this moment: a unit with its certificate and key, and what the office chose. */
export interface Issuer extends UnitOfCompany {
  readonly signer: Signer
  readonly csid: Csid
  readonly chosen: Settings
}

/** Throws `unit/not-ready`, `certificate/...` or `clock/skewed`: then nothing at all can be issued. */
export const openIssuer = async (ports: Ports, { unit, company }: UnitOfCompany): Promise<Issuer> => {
  const csid = await newestCsid(ports.storage.read, unit.id, 'production')
  if (unit.state !== 'ready' || csid === undefined) throw new Failure('unit/not-ready')
  const chosen = await settingsOf(ports.storage.read)
  assertClock(ports, chosen)
  const signer = await openSigner(ports, unit, csid)
  assertValid(signer.certificate, ports.clock.now())
  return { unit, company, signer, csid, chosen }
}

/** A sale that may be issued. */
export interface CheckedSale {
  /** With the company's own data filled in */
  readonly draft: Draft
  /** Complete but for its place in the chain */
  readonly invoice: Invoice
  readonly warnings: readonly Violation[]
}

/** Throws the first obstacle, all broken rules at once; has no effect. */
export const checkSale = (ports: Pick<Ports, 'clock'>, issuer: Issuer, sale: Draft): CheckedSale => {
  const { unit, company, signer, chosen } = issuer
  assertFunctionality(unit, sale.profile)
  const { draft, invoice, violations } = judgeSale(ports, company, sale, chosen)
  if (violations.some(({ severity }) => severity === 'error')) {
    throw new Failure('document/invalid', { details: { violations } })
  }
  assertBuyerNamed(draft)
  assertVatNumber(signer.certificate, signingVatNumbers(draft, chosen))
  return { draft, invoice, warnings: violations }
}

/** The sale as it would be issued at this moment, and all findings at once: errors refuse the document, warnings go with it. */
export const judgeSale = (
  { clock }: Pick<Ports, 'clock'>,
  company: Company,
  sale: Draft,
  { transactionCodeDigits }: Pick<Settings, 'transactionCodeDigits'>,
) => {
  const now = clock.now()
  const draft = withParties(sale, company)
  const { date, time } = riyadhTime(now)
  const invoice = completeDraft({ issueDate: date, issueTime: time, ...draft }, { transactionCodeDigits })
  return { draft, invoice, violations: judge(invoice, { now: riyadhText(now), stage: 'draft' }) }
}

/** The validator only warns (BR-KSA-42), and not at all when the buyer is left out; but a tax invoice to nobody is none (BT-44). */
const assertBuyerNamed = ({ profile, buyer }: Draft): void => {
  if (profile === 'simplified' || (buyer?.name ?? '').trim() !== '') return
  throw new Failure('draft/invalid', { details: { findings: [{ path: 'buyer.name', code: 'required' }] } })
}

/** Spec J7: on a self-billed document the certificate may be the buyer's. */
const signingVatNumbers = (
  { seller, buyer, flags }: Draft,
  { selfBilledCertificate }: Pick<Settings, 'selfBilledCertificate'>,
): readonly (string | undefined)[] => {
  if (flags?.selfBilled !== true) return [seller?.vatNumber]
  const choices = {
    seller: [seller?.vatNumber],
    buyer: [buyer?.vatNumber],
    either: [seller?.vatNumber, buyer?.vatNumber],
  }
  return choices[selfBilledCertificate]
}

/** Issue date and time come from the clock; only sales made elsewhere and corrections carry another (BT-2, KSA-25). */
export const assertNoOwnDate = (draft: Draft): void => {
  const field = (['issueDate', 'issueTime'] as const).find((name) => draft[name] !== undefined)
  if (field === undefined) return
  throw new Failure('draft/invalid', {
    reason: 'issue date and time are taken from the clock',
    details: { findings: [{ path: field, code: 'unknown-field' }] },
  })
}
