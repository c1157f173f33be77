/** The sales of a test office: each number is one sale, and whoever repeats it repeats its key and its body. */
import type { Draft } from '#core/invoice/draft.ts'
import type { Company } from '#core/ports.ts'

export const company: Company = {
  id: 'company-1',
  name: 'شركة واحة نجد للتجارة',
  vatNumber: '310175397400003',
  industry: 'تجارة',
  createdAt: '2026-01-01T00:00:00.000Z',
  party: {
    id: { scheme: 'CRN', value: '1010445566' },
    address: {
      street: 'شارع العليا',
      building: '7324',
      district: 'العليا',
      city: 'الرياض',
      postalCode: '12211',
      country: 'SA',
    },
  },
}

const buyer = {
  name: 'شركة المشتري',
  vatNumber: '311111111111113',
  address: {
    street: 'طريق الملك فهد',
    building: '1234',
    district: 'الملز',
    city: 'الرياض',
    postalCode: '12345',
    country: 'SA',
  },
}

export const keyOf = (sale: number): string => `sale-${sale}`
export const numberOf = (sale: number): string => `S-${sale}`

/** Standard and simplified in turn: clearance and reporting. */
export const draftOf = (sale: number): Draft => ({
  kind: 'invoice',
  profile: sale % 2 === 0 ? 'standard' : 'simplified',
  number: numberOf(sale),
  buyer,
  payment: { means: '10' },
  lines: [{ name: 'خدمة استشارية', quantity: '2', price: '150.00' }],
})
