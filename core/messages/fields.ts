/** What a person calls each field, and how the place of a finding is named from its UBL path. */
import { type FieldLabel, fields } from '#core/invoice/fields.ts'
import { type Bilingual, type Language, text } from './text.ts'

export const fieldTexts: Readonly<Record<FieldLabel, Bilingual>> = {
  kind: text('Kind of document', 'نوع المستند'),
  profile: text('Tax invoice or simplified', 'فاتورة ضريبية أو مبسطة'),
  number: text('Invoice number', 'رقم الفاتورة'),
  uuid: text('Unique identifier', 'المعرّف الفريد'),
  issueDate: text('Issue date', 'تاريخ الإصدار'),
  issueTime: text('Issue time', 'وقت الإصدار'),
  supplyDate: text('Supply date', 'تاريخ التوريد'),
  supplyEndDate: text('End of supply', 'تاريخ انتهاء التوريد'),
  currency: text('Invoice currency', 'عملة الفاتورة'),
  exchangeRate: text('Exchange rate', 'سعر الصرف'),
  note: text('Note', 'ملاحظة'),
  purchaseOrder: text('Purchase order', 'رقم أمر الشراء'),
  contract: text('Contract number', 'رقم العقد'),
  reason: text('Reason of the note', 'سبب الإشعار'),
  pricesIncludeVat: text('Prices include VAT', 'الأسعار شاملة الضريبة'),
  rounding: text('Rounding of the amount due', 'تقريب المبلغ المستحق'),
  'flags.thirdParty': text('Third-party billing', 'فوترة من طرف ثالث'),
  'flags.nominal': text('Nominal supply', 'توريد اسمي'),
  'flags.export': text('Export', 'صادرات'),
  'flags.summary': text('Summary invoice', 'فاتورة ملخصة'),
  'flags.selfBilled': text('Self-billed', 'فوترة ذاتية'),
  'flags.continuous': text('Continuous supply', 'توريد مستمر'),
  'flags.government': text('Government buyer', 'مشترٍ حكومي'),
  'payment.means': text('Payment means', 'طريقة الدفع'),
  'payment.terms': text('Payment terms', 'شروط الدفع'),
  'payment.account': text('Payment account', 'حساب السداد'),
  'originals.number': text('Original invoice number', 'رقم الفاتورة الأصلية'),
  'originals.uuid': text('Identifier of the original invoice', 'معرّف الفاتورة الأصلية'),
  'originals.issueDate': text('Date of the original invoice', 'تاريخ الفاتورة الأصلية'),
  'party.name': text('Name', 'الاسم'),
  'party.vatNumber': text('VAT number', 'الرقم الضريبي'),
  'party.id.scheme': text('Kind of other identifier', 'نوع المعرّف الإضافي'),
  'party.id.value': text('Other identifier', 'المعرّف الإضافي'),
  'address.street': text('Street', 'الشارع'),
  'address.additionalStreet': text('Additional street', 'شارع إضافي'),
  'address.building': text('Building number', 'رقم المبنى'),
  'address.plot': text('Additional number', 'الرقم الإضافي'),
  'address.district': text('District', 'الحي'),
  'address.city': text('City', 'المدينة'),
  'address.postalCode': text('Postal code', 'الرمز البريدي'),
  'address.province': text('Province', 'المنطقة'),
  'address.country': text('Country', 'الدولة'),
  'contact.name': text('Contact name', 'اسم جهة الاتصال'),
  'contact.phone': text('Phone', 'رقم الهاتف'),
  'contact.note': text('Contact note', 'ملاحظة جهة الاتصال'),
  'vat.category': text('VAT category', 'فئة الضريبة'),
  'vat.rate': text('VAT rate', 'نسبة الضريبة'),
  'vat.exemption': text('Exemption reason', 'سبب الإعفاء'),
  'vat.exemptionText': text('Text of the exemption reason', 'نص سبب الإعفاء'),
  'adjustment.amount': text('Amount of discount or charge', 'مبلغ الخصم أو الرسوم'),
  'adjustment.percent': text('Percentage of discount or charge', 'نسبة الخصم أو الرسوم'),
  'adjustment.base': text('Base of discount or charge', 'المبلغ الأساسي للخصم أو الرسوم'),
  'adjustment.reason': text('Reason of discount or charge', 'سبب الخصم أو الرسوم'),
  'adjustment.reasonCode': text('Reason code of discount or charge', 'رمز سبب الخصم أو الرسوم'),
  'line.name': text('Goods or service', 'السلعة أو الخدمة'),
  'line.quantity': text('Quantity', 'الكمية'),
  'line.unit': text('Unit', 'وحدة القياس'),
  'line.price': text('Unit price', 'سعر الوحدة'),
  'line.priceDiscount': text('Discount on the unit price', 'خصم سعر الوحدة'),
  'line.priceQuantity': text('Quantity of the price', 'الكمية الأساسية للسعر'),
  'line.note': text('Note on the line', 'ملاحظة البند'),
  'line.sellerItemId': text("Seller's item number", 'رمز الصنف لدى البائع'),
  'line.buyerItemId': text("Buyer's item number", 'رمز الصنف لدى المشتري'),
  'line.standardItemId': text('Standard item number', 'الرمز القياسي للصنف'),
  'prepayment.number': text('Prepayment invoice number', 'رقم فاتورة الدفعة المقدمة'),
  'prepayment.uuid': text('Identifier of the prepayment invoice', 'معرّف فاتورة الدفعة المقدمة'),
  'prepayment.issueDate': text('Date of the prepayment invoice', 'تاريخ فاتورة الدفعة المقدمة'),
  'prepayment.issueTime': text('Time of the prepayment invoice', 'وقت فاتورة الدفعة المقدمة'),
  'prepayment.name': text('Text of the prepayment line', 'وصف بند الدفعة المقدمة'),
  'prepayment.taxable': text('Prepaid taxable amount', 'المبلغ الخاضع للضريبة في الدفعة المقدمة'),
  'prepayment.tax': text('Prepaid VAT', 'ضريبة الدفعة المقدمة'),
}

/** Elements of a document that nobody types in: what the program computes or what only other systems write. */
const computedTexts: Readonly<Record<string, Bilingual>> = {
  'cbc:DueDate': text('Due date', 'تاريخ الاستحقاق'),
  'cbc:TaxPointDate': text('Tax point date', 'تاريخ استحقاق الضريبة'),
  'cac:TaxExchangeRate/cbc:SourceCurrencyCode': text('Currency converted from', 'العملة المحوَّل منها'),
  'cac:TaxExchangeRate/cbc:TargetCurrencyCode': text('Currency converted to', 'العملة المحوَّل إليها'),
  'cac:TaxTotal/cbc:TaxAmount': text('VAT total', 'إجمالي ضريبة القيمة المضافة'),
  'cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount': text(
    'Taxable amount of the VAT category',
    'المبلغ الخاضع للضريبة للفئة',
  ),
  'cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount': text('VAT of the category', 'مبلغ الضريبة للفئة'),
  'cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID': text('VAT category', 'فئة الضريبة'),
  'cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent': text('VAT rate', 'نسبة الضريبة'),
  'cac:LegalMonetaryTotal/cbc:LineExtensionAmount': text('Sum of the lines', 'مجموع البنود'),
  'cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount': text('Total without VAT', 'إجمالي المبلغ الخاضع للضريبة'),
  'cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount': text('Total with VAT', 'إجمالي الفاتورة شامل الضريبة'),
  'cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount': text('Total of discounts', 'إجمالي الخصومات'),
  'cac:LegalMonetaryTotal/cbc:ChargeTotalAmount': text('Total of charges', 'إجمالي الرسوم'),
  'cac:LegalMonetaryTotal/cbc:PrepaidAmount': text('Prepaid amount', 'المبلغ المدفوع مقدمًا'),
  'cac:LegalMonetaryTotal/cbc:PayableAmount': text('Amount due', 'المبلغ المستحق'),
  'cac:ContractDocumentReference': text('Contract number', 'رقم العقد'),
  'cac:AdditionalDocumentReference': text('Attached reference', 'المستند المرفق'),
  'cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification': text('Other identifier', 'المعرّف الإضافي'),
  'cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme': text('VAT number', 'الرقم الضريبي'),
  'cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity': text('Name', 'الاسم'),
  'cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification': text('Other identifier', 'المعرّف الإضافي'),
  'cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme': text('VAT number', 'الرقم الضريبي'),
  'cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity': text('Name', 'الاسم'),
  'cac:PaymentMeans/cac:PayeeFinancialAccount': text('Payment account', 'حساب السداد'),
  'cac:Delivery': text('Supply date', 'تاريخ التوريد'),
  'cac:InvoiceLine/cac:TaxTotal': text('VAT of the line', 'ضريبة البند'),
  'cac:InvoiceLine/cbc:ID': text('Line number', 'رقم البند'),
  'cac:InvoiceLine/cbc:LineExtensionAmount': text('Net amount', 'المبلغ الصافي'),
  'cac:InvoiceLine/cac:TaxTotal/cbc:TaxAmount': text('VAT amount', 'مبلغ الضريبة'),
  'cac:InvoiceLine/cac:TaxTotal/cbc:RoundingAmount': text('Amount with VAT', 'المبلغ شامل الضريبة'),
  'cac:InvoiceLine/cac:DocumentReference': text('Prepayment invoice', 'فاتورة الدفعة المقدمة'),
  'cac:InvoiceLine/cac:DocumentReference/cbc:DocumentTypeCode': text(
    'Type of the prepayment invoice',
    'نوع فاتورة الدفعة المقدمة',
  ),
  'cac:InvoiceLine/cac:Price/cac:AllowanceCharge/cbc:BaseAmount': text('Price before discount', 'السعر قبل الخصم'),
}

const labels: ReadonlyMap<string, Bilingual> = new Map([
  ...Object.entries(computedTexts).map(([path, label]) => [`/Invoice/${path}`, label] as const),
  ...fields.flatMap(({ ubl, label }) => (ubl === undefined ? [] : [[ubl, fieldTexts[label]] as const])),
])

const roles: readonly (readonly [begins: string, en: string, ar: string])[] = [
  ['/Invoice/cac:AccountingSupplierParty/', "Seller's", 'للبائع'],
  ['/Invoice/cac:AccountingCustomerParty/', "Buyer's", 'للمشتري'],
]

/** What stands at a path, without its positions: the seller's and the buyer's fields say whose they are. */
export const fieldName = (path: string, language: Language): string => {
  const element = path.replace(/\[\d+\]/g, '')
  const label = labels.get(element) ?? labels.get(element.replace(/\/@\w+$/, ''))
  if (label === undefined) return element.slice(element.lastIndexOf('/') + 1).replace(/^@|^\w+:/, '')
  const role = roles.find(([begins]) => element.startsWith(begins))
  if (role === undefined) return label[language]
  return language === 'en' ? `${role[1]} ${lowered(label.en)}` : `${label.ar} (${role[2]})`
}

/** `Street` -> `street`, but `VAT number` stays. */
const lowered = (label: string): string =>
  /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)

/** The 1-based number of the line that a path lies in, undefined for the document. */
export const lineOf = (path: string): string | undefined => /^\/Invoice\/cac:InvoiceLine\[(\d+)\]/.exec(path)?.[1]

/** Puts the number of the line before a sentence. */
export const atLine = (line: string, sentence: string, language: Language): string =>
  language === 'en' ? `Line ${line}: ${sentence}` : `البند ${line}: ${sentence}`
