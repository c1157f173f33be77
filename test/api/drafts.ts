/** A company, a unit and sales as a form would send them: complete, small, and each test changes one thing. */
import type { Draft } from '#core/invoice/draft.ts'

export const companyInput = {
  name: 'مؤسسة الأفق للتجارة',
  vatNumber: '399999999900003',
  industry: 'Retail',
  party: {
    id: { scheme: 'CRN', value: '1010010000' },
    address: {
      street: 'شارع الأمير سلطان',
      building: '2322',
      district: 'المربع',
      city: 'الرياض',
      postalCode: '23333',
      country: 'SA',
    },
  },
}

export const unitInput = { environment: 'PRACTICE', name: 'TST-1', branch: 'Riyadh', functionality: '1100' } as const

export const buyer: Draft['buyer'] = {
  name: 'شركة النخيل للتجارة',
  vatNumber: '310175397400003',
  address: {
    street: 'طريق الأمير سلطان',
    building: '2322',
    district: 'المربع',
    city: 'الرياض',
    postalCode: '23333',
    country: 'SA',
  },
}

export const standardSale: Draft = {
  kind: 'invoice',
  profile: 'standard',
  number: 'S-1',
  supplyDate: '2025-01-15',
  buyer,
  payment: { means: '10' },
  lines: [{ name: 'استشارة محاسبية', quantity: '3', price: '10.10' }],
}

export const simplifiedSale: Draft = {
  kind: 'invoice',
  profile: 'simplified',
  number: 'B-1',
  payment: { means: '10' },
  lines: [{ name: 'قهوة', quantity: '2', price: '12.00' }],
}

export const creditNote: Draft = {
  ...simplifiedSale,
  kind: 'credit-note',
  number: 'C-1',
  originals: [{ number: 'B-1' }],
  reason: 'إرجاع البضاعة',
}
