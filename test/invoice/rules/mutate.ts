/** Single changes to an invoice's XML, tried one by one: what is removed, blanked, doubled or given another value. */

/** One changed document and a remark that says what was changed. */
export interface Mutant {
  readonly change: string
  readonly xml: string
}

const leaf = /<(cbc:\w+)((?: [^>]*)?)>([^<]*)<\/\1>/g
const aggregates = [
  'cac:AllowanceCharge',
  'cac:AdditionalDocumentReference',
  'cac:Attachment',
  'cac:BillingReference',
  'cac:PaymentMeans',
  'cac:Delivery',
  'cac:PostalAddress',
  'cac:PartyTaxScheme',
  'cac:PartyIdentification',
  'cac:PartyLegalEntity',
  'cac:TaxTotal',
  'cac:TaxSubtotal',
  'cac:TaxCategory',
  'cac:TaxScheme',
  'cac:InvoiceLine',
  'cac:Item',
  'cac:ClassifiedTaxCategory',
  'cac:Price',
  'cac:DocumentReference',
  'cac:Signature',
  'cac:TaxExchangeRate',
  'cac:LegalMonetaryTotal',
]

const long = (count: number): string => 'ن'.repeat(count)

/** Other values worth trying, by what the value looks like. */
const values = (name: string, value: string): readonly string[] => {
  if (/^-?\d+\.\d+$/.test(value)) return amounts(value)
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return ['2999-01-01', '2024-02-30', '1999-12-31', '2024-01-15Z', '2024-01-10']
  if (/^\d\d:\d\d:\d\d$/.test(value)) return ['12:30:00Z', '12:30:00.5', '12:30:00+03:00', '24:00:00']
  if (value === 'true' || value === 'false') return ['true', 'false', '1', '0']
  if (name === 'cbc:Percent') return ['5', '15', '0', '7.50', '15.555']
  return [...(codes[name] ?? []), long(7), long(128), long(1001), ` ${value} `, 'ab', '1234567890', '0']
}

const amounts = (value: string): readonly string[] => {
  const cents = BigInt(value.replace('.', ''))
  const digits = value.length - value.indexOf('.') - 1
  const shifted = (by: bigint): string => {
    const text = (cents + by).toString().padStart(digits + 1, '0')
    return `${text.slice(0, -digits)}.${text.slice(-digits)}`
  }
  const near = cents > 5n ? [shifted(1n), shifted(-1n), shifted(5n)] : [shifted(1n), shifted(3n)]
  return [...near, '0', '0.00', `-${value}`, `${value}1`, `${value}0`, '5.00', '15.00', '115.00']
}

const codes: Readonly<Record<string, readonly string[]>> = {
  'cbc:ID': [
    'S',
    'Z',
    'E',
    'O',
    'AE',
    'VAT',
    'ICV',
    'PIH',
    'QR',
    'urn:oasis:names:specification:ubl:signature:Invoice',
  ],
  'cbc:CompanyID': ['399999999900003', '399999999900004', '199999999900003', '39999999990003'],
  'cbc:InvoiceTypeCode': ['381', '383', '386', '380', '389', '999'],
  'cbc:DocumentCurrencyCode': ['SAR', 'USD', 'XYZ', 'SA'],
  'cbc:TaxCurrencyCode': ['SAR', 'USD', 'sar', 'XYZ'],
  'cbc:IdentificationCode': ['SA', 'AE', 'XX', 'sa'],
  'cbc:PaymentMeansCode': ['69', '42', '71', 'ZZZ', 'X'],
  'cbc:TaxExemptionReasonCode': [
    'VATEX-SA-HEA',
    'VATEX-SA-EDU',
    'VATEX-SA-29',
    'VATEX-SA-32',
    'VATEX-SA-OOS',
    'VATEX-SA-32(bis)',
    'X',
  ],
  'cbc:AllowanceChargeReasonCode': ['AA', 'XX', 'A', 'CAP'],
  'cbc:PostalZone': ['1234', '123456', '12222'],
  'cbc:BuildingNumber': ['12', '12345', '1111'],
  'cbc:DocumentTypeCode': ['386', '388', ' 386'],
  'cbc:ProfileID': ['reporting:1.0', 'clearance:1.0'],
  'cbc:SourceCurrencyCode': ['SAR', 'USD', 'EUR'],
  'cbc:TargetCurrencyCode': ['SAR', 'USD'],
}

const attributes: readonly (readonly [pattern: RegExp, values: readonly string[]])[] = [
  [/ currencyID="[^"]*"/g, ['USD', 'SAR', 'XYZ', 'SA']],
  [/ mimeCode="[^"]*"/g, ['image/png', 'text/html']],
  [/ schemeID="[^"]*"/g, ['CRN', 'NAT', 'TIN', '700', 'IQA', 'OTH', 'XXX', ' CRN', 'crn', 'GCC']],
  [/ unitCode="[^"]*"/g, [long(128)]],
  [
    / name="[^"]*"/g,
    [
      '0100000',
      '0200000',
      '0200010',
      '0200001',
      '0100101',
      '0100100',
      '01000001',
      '010000001',
      '020100000',
      '01000',
      '0300000',
      '0102000',
      '0100000000',
    ],
  ],
]

const spliced = (xml: string, start: number, end: number, text: string): string =>
  xml.slice(0, start) + text + xml.slice(end)

function* leaves(xml: string): Generator<Mutant> {
  for (const match of xml.matchAll(leaf)) {
    const [whole, name = '', attributesText = '', value = ''] = match
    const end = match.index + whole.length
    yield { change: `remove ${name} "${value}"`, xml: spliced(xml, match.index, end, '') }
    for (const other of new Set(['', ...values(name, value)])) {
      if (other === value) continue
      const text = `<${name}${attributesText}>${other}</${name}>`
      yield { change: `${name} "${value}" -> "${other.slice(0, 40)}"`, xml: spliced(xml, match.index, end, text) }
    }
  }
}

function* attributeChanges(xml: string): Generator<Mutant> {
  for (const [pattern, others] of attributes) {
    for (const match of xml.matchAll(pattern)) {
      const [whole] = match
      const end = match.index + whole.length
      yield { change: `remove${whole}`, xml: spliced(xml, match.index, end, '') }
      for (const other of others) {
        const text = `${whole.slice(0, whole.indexOf('"'))}"${other}"`
        if (text !== whole) yield { change: `${whole} ->${text}`, xml: spliced(xml, match.index, end, text) }
      }
    }
  }
}

function* groups(xml: string): Generator<Mutant> {
  for (const name of aggregates) {
    for (const match of xml.matchAll(new RegExp(`<${name}>`, 'g'))) {
      const end = xml.indexOf(`</${name}>`, match.index) + name.length + 3
      yield { change: `remove ${name}`, xml: spliced(xml, match.index, end, '') }
      yield { change: `empty ${name}`, xml: spliced(xml, match.index, end, `<${name}></${name}>`) }
    }
  }
}

/** Elements that no vector has, put where the schema wants them. */
const additions: readonly (readonly [before: string, text: string])[] = [
  ['<cbc:DocumentCurrencyCode>', `<cbc:Note>${long(1001)}</cbc:Note>`],
  ['<cac:AdditionalDocumentReference>', `<cac:OrderReference><cbc:ID>${long(128)}</cbc:ID></cac:OrderReference>`],
  [
    '<cac:AdditionalDocumentReference>',
    '<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID></cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>',
  ],
  [
    '<cac:AdditionalDocumentReference>',
    `<cac:ContractDocumentReference><cbc:ID>${long(128)}</cbc:ID></cac:ContractDocumentReference>`,
  ],
  [
    '<cac:TaxTotal><cbc:TaxAmount',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:MultiplierFactorNumeric>50</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="SAR">0.57</cbc:Amount><cbc:BaseAmount currencyID="SAR">1.15</cbc:BaseAmount><cac:TaxCategory><cbc:ID>Z</cbc:ID><cbc:Percent>5.00</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>',
  ],
  [
    '<cac:TaxTotal><cbc:TaxAmount',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:MultiplierFactorNumeric>101</cbc:MultiplierFactorNumeric><cbc:Amount currencyID="SAR">0.581</cbc:Amount><cbc:BaseAmount currencyID="SAR">1.151</cbc:BaseAmount><cac:TaxCategory><cbc:ID>O</cbc:ID><cbc:Percent>5.00</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>',
  ],
  [
    '<cac:TaxTotal><cbc:TaxAmount',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="SAR">1.00</cbc:Amount><cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>5.00</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>',
  ],
  ['</cac:Price>', '<cbc:BaseQuantity unitCode="PCE">3</cbc:BaseQuantity>'],
  ['</cac:Price>', '<cbc:BaseQuantity unitCode="PCE">-1</cbc:BaseQuantity>'],
  [
    '</cac:Price>',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="SAR">1.00</cbc:Amount><cbc:BaseAmount currencyID="SAR">51.00</cbc:BaseAmount></cac:AllowanceCharge>',
  ],
  [
    '</cac:Price>',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="SAR">1.00</cbc:Amount></cac:AllowanceCharge>',
  ],
  [
    '<cac:TaxTotal><cbc:TaxAmount currencyID="SAR">15',
    '<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="SAR">1.005</cbc:Amount></cac:AllowanceCharge>',
  ],
  [
    '<cac:TaxTotal><cbc:TaxAmount currencyID="SAR">15.00',
    `<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReason>${long(1001)}</cbc:AllowanceChargeReason><cbc:Amount currencyID="SAR">1.00</cbc:Amount></cac:AllowanceCharge>`,
  ],
  ['</cac:Item>', '<cac:AdditionalItemProperty><cbc:Name>a</cbc:Name></cac:AdditionalItemProperty>'],
  [
    '<cac:ClassifiedTaxCategory>',
    `<cac:SellersItemIdentification><cbc:ID>${long(128)}</cbc:ID></cac:SellersItemIdentification>`,
  ],
  ['<cac:PaymentMeans>', '<cac:Delivery><cbc:LatestDeliveryDate>2024-01-10</cbc:LatestDeliveryDate></cac:Delivery>'],
  ['<cbc:TaxInclusiveAmount', ''],
  ['<cbc:PayableAmount', '<cbc:PayableRoundingAmount currencyID="SAR">0.013</cbc:PayableRoundingAmount>'],
  [
    '</cac:Party></cac:AccountingCustomerParty>',
    `<cac:Contact><cbc:Name>${long(1001)}</cbc:Name><cbc:Telephone>12</cbc:Telephone><cbc:Note>${long(1001)}</cbc:Note></cac:Contact>`,
  ],
]

function* inserted(xml: string): Generator<Mutant> {
  for (const [before, text] of additions) {
    const at = xml.indexOf(before)
    if (at >= 0 && text !== '') yield { change: `insert ${text.slice(0, 90)}`, xml: spliced(xml, at, at, text) }
  }
}

/** Every single change that makes sense for this document. */
export function* mutants(xml: string): Generator<Mutant> {
  yield* leaves(xml)
  yield* attributeChanges(xml)
  yield* groups(xml)
  yield* inserted(xml)
}
