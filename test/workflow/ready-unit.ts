/** A unit that may issue at once: the SDK's published test key and its certificate, without an onboarding. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Draft } from '#core/invoice/draft.ts'
import type { Company, Ports, Unit } from '#core/ports.ts'
import { keyBinding } from '#core/workflow/signing.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'

const certificate = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sdk', 'cert.pem'), 'utf8').trim()

/** The certificate is valid from 2024-01-11 to 2029-01-09. */
const validAt = { notBefore: '2024-01-11T09:19:30.000Z', notAfter: '2029-01-09T09:19:30.000Z' }

/** The one that the certificate may sign for. */
export const testCompany: Company = {
  id: 'company-test-key',
  name: 'شركة واحة نجد للتجارة',
  vatNumber: '399999999900003',
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

/** Adds the company when it is not there yet, a unit of it, its certificate and an empty chain. */
export const addReadyUnit = async (ports: Pick<Ports, 'storage' | 'keys' | 'ids'>): Promise<Unit> => {
  const id = ports.ids.uuid()
  const unit: Unit = {
    id,
    companyId: testCompany.id,
    environment: 'PRACTICE',
    name: `EGS-${id.slice(0, 8)}`,
    branch: 'الفرع الرئيسي',
    functionality: '1100',
    state: 'ready',
    keyId: undefined,
    createdAt: testCompany.createdAt,
  }
  const { keyId, envelope } = await ports.keys.adoptTestKey(keyBinding(unit))
  await ports.storage.write(async (tx) => {
    if ((await tx.company(testCompany.id)) === undefined) await tx.addCompany(testCompany)
    await tx.addKeyEnvelope({ keyId, envelope, companyId: unit.companyId })
    await tx.addUnit({ ...unit, keyId })
    await tx.addCsid({
      id: ports.ids.uuid(),
      unitId: id,
      purpose: 'production',
      requestId: '1',
      token: certificate,
      sealedSecret: await ports.keys.sealSecret('secret', keyBinding(unit)),
      ...validAt,
      epoch: 1,
      createdAt: testCompany.createdAt,
      keyId,
    })
    await tx.addChain({
      id: ports.ids.uuid(),
      unitId: id,
      epoch: 1,
      state: 'active',
      lastIcv: 0,
      lastHash: GENESIS_PIH,
      lastSealedAt: undefined,
    })
  })
  return { ...unit, keyId }
}

const goods = ['قرطاسية مكتبية', 'حبر طابعة', 'ورق تصوير مقاس أربعة', 'ملف حفظ', 'قلم حبر جاف']

/** A simplified sale; prices vary with `number`, so that no two are alike. */
export const saleOf = (number: number, lines: number, prefix = 'B'): Draft => ({
  kind: 'invoice',
  profile: 'simplified',
  number: `${prefix}-${number}`,
  payment: { means: '10' },
  lines: Array.from({ length: lines }, (_, index) => ({
    name: goods[index % goods.length] ?? '',
    quantity: String((index % 7) + 1),
    price: `${10 + ((number * 31 + index * 37) % 900)}.${String((index * 5) % 100).padStart(2, '0')}`,
  })),
})
