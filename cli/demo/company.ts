/** The company that the demo issues for, and its one unit. Nobody real. */
import type { Company, Unit } from '#core/ports.ts'

export const demoCompany = (id: string, createdAt: string): Company => ({
  id,
  name: 'شركة واحة نجد للتجارة',
  vatNumber: '310175397400003',
  industry: 'تجارة',
  createdAt,
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
})

export const demoUnit = (id: string, companyId: string, createdAt: string): Unit => ({
  id,
  companyId,
  environment: 'PRACTICE',
  name: 'EGS-1',
  branch: 'الفرع الرئيسي',
  functionality: '1100',
  state: 'new',
  keyId: undefined,
  createdAt,
})
