/** The three or six documents that ZATCA wants to see before it issues a production CSID (spec B5). */
import type { DocumentKind, Draft, DraftParty, Profile } from '#core/invoice/draft.ts'
import type { Functionality } from '#core/ports.ts'

export interface ComplianceKind {
  readonly profile: Profile
  readonly kind: DocumentKind
}

const kinds = ['invoice', 'credit-note', 'debit-note'] as const satisfies readonly DocumentKind[]

const profilesOf: Readonly<Record<Functionality, readonly Profile[]>> = {
  '1000': ['standard'],
  '0100': ['simplified'],
  '1100': ['standard', 'simplified'],
}

export const complianceKinds = (functionality: Functionality): readonly ComplianceKind[] =>
  profilesOf[functionality].flatMap((profile) => kinds.map((kind) => ({ profile, kind })))

/** Nobody real: these documents have no legal effect and are not recorded by ZATCA. */
const testBuyer: DraftParty = {
  name: 'مشترٍ تجريبي',
  id: { scheme: 'CRN', value: '1010101010' },
  address: {
    street: 'طريق الملك فهد',
    building: '1234',
    district: 'العليا',
    city: 'الرياض',
    postalCode: '12345',
    country: 'SA',
  },
}

/** A small, complete document of the wanted kind with the company as its seller. */
export const complianceDraft = ({ profile, kind }: ComplianceKind, seller: DraftParty, today: string): Draft => ({
  kind,
  profile,
  number: `CHECK-${profile}-${kind}`,
  supplyDate: today,
  seller,
  buyer: testBuyer,
  payment: { means: '10' },
  lines: [{ name: 'بند تجريبي', quantity: '1', price: '100.00' }],
  ...(kind === 'invoice'
    ? {}
    : { originals: [{ number: `CHECK-${profile}-invoice` }], reason: 'تصحيح تجريبي لفحص التوافق' }),
})
