/** One simplified sale with any number of lines, told to Khatm and to each peer in its own words. */
import type { Draft } from '#core/invoice/draft.ts'

export const issueDate = '2024-01-15'
export const issueTime = '12:30:00'

const names = ['قرطاسية مكتبية', 'حبر طابعة', 'ورق تصوير مقاس أربعة', 'ملف حفظ', 'قلم حبر جاف']

/** Prices and quantities vary so that nothing can be remembered between lines. */
const lines = (count: number): readonly { name: string; quantity: number; halalas: number }[] =>
  Array.from({ length: count }, (_, index) => ({
    name: names[index % names.length] ?? '',
    quantity: (index % 7) + 1,
    halalas: 1000 + ((index * 37) % 900) * 5,
  }))

const riyals = (halalas: number): string => `${Math.floor(halalas / 100)}.${String(halalas % 100).padStart(2, '0')}`

export const ourDraft = (count: number): Draft => ({
  kind: 'invoice',
  profile: 'simplified',
  number: 'B-1',
  uuid: '3cf5ee18-ee25-44ea-a444-2c37ba7f28b1',
  issueDate,
  issueTime,
  payment: { means: '10' },
  seller: {
    name: 'شركة المثال المحدودة',
    vatNumber: '399999999900003',
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
  lines: lines(count).map(({ name, quantity, halalas }) => ({
    name,
    quantity: String(quantity),
    price: riyals(halalas),
  })),
})

const unit = {
  uuid: '6f4d20e0-6bfe-4a80-9389-7dabe6620f12',
  custom_id: 'EGS1-886431145',
  model: 'IOS',
  CRN_number: '1010010000',
  VAT_name: 'شركة المثال المحدودة',
  VAT_number: '399999999900003',
  branch_name: 'Riyadh Branch',
  branch_industry: 'Supply activities',
  location: {
    city: 'الرياض',
    city_subdivision: 'المربع',
    street: 'شارع الأمير سلطان',
    plot_identification: '0000',
    building: '2322',
    postal_zone: '23333',
  },
}

/** The props of `zatca-xml-js`. */
export const xmlJsProps = (count: number, pih: string) => ({
  egs_info: unit,
  invoice_counter_number: 1,
  invoice_serial_number: 'B-1',
  issue_date: issueDate,
  issue_time: issueTime,
  previous_invoice_hash: pih,
  line_items: lines(count).map(({ name, quantity, halalas }, index) => ({
    id: String(index + 1),
    name,
    quantity,
    tax_exclusive_price: halalas / 100,
    VAT_percent: 0.15,
  })),
})

/** The invoice of `zatca-sdk`; it wants all totals from its caller. */
export const sdkInvoice = (count: number, pih: string) => {
  const rows = lines(count).map(({ name, quantity, halalas }, index) => {
    const net = halalas * quantity
    return { id: String(index + 1), name, quantity, halalas, net, vat: Math.round((net * 15) / 100) }
  })
  const net = rows.reduce((sum, row) => sum + row.net, 0)
  const vat = Math.round((net * 15) / 100)
  return {
    id: 'B-1',
    uuid: '3cf5ee18-ee25-44ea-a444-2c37ba7f28b1',
    issueDate,
    issueTime,
    invoiceTypeCode: '388' as const,
    invoiceSubType: '0200000',
    documentCurrency: 'SAR',
    taxCurrency: 'SAR',
    invoiceCounterValue: 1,
    previousInvoiceHash: pih,
    seller: {
      registrationName: unit.VAT_name,
      vatNumber: unit.VAT_number,
      identification: { schemeId: 'CRN' as const, value: unit.CRN_number },
      address: {
        street: unit.location.street,
        buildingNumber: '2322',
        citySubdivision: 'المربع',
        city: 'الرياض',
        postalCode: '23333',
        country: 'SA',
      },
    },
    paymentMeansCode: '10',
    lineExtensionAmount: net / 100,
    taxExclusiveAmount: net / 100,
    taxInclusiveAmount: (net + vat) / 100,
    payableAmount: (net + vat) / 100,
    taxTotal: vat / 100,
    taxSubtotals: [{ taxableAmount: net / 100, taxAmount: vat / 100, taxCategory: 'S' as const, taxPercent: 15 }],
    lines: rows.map((row) => ({
      id: row.id,
      name: row.name,
      quantity: row.quantity,
      unitCode: 'PCE',
      unitPrice: row.halalas / 100,
      lineTotal: row.net / 100,
      vatCategory: 'S' as const,
      vatPercent: 15,
      vatAmount: row.vat / 100,
    })),
  }
}
