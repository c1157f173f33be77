/** The QR code: writing and reading of its tags, and judging of the one inside a document (spec E). */
import type { Certificate } from '../certificates/certificate.ts'
import type { FindingCode, Text } from '../messages.ts'
import { type Finding, finding } from './finding.ts'
import type { Invoice } from './invoice.ts'
import { certificateOf } from './stamp-check.ts'

type Tags = ReadonlyMap<number, Uint8Array>

/** A length as BER has it: one byte up to 127, otherwise 0x80 plus the number of bytes that follow. */
function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff)
}

/** The values as tags 1, 2, 3, ... in base64. */
export const writeQr = (values: readonly (string | Uint8Array)[]): string =>
  Buffer.concat(
    values.map((value, index) => {
      const bytes = Buffer.from(value)
      return Buffer.concat([Uint8Array.of(index + 1), lengthBytes(bytes.length), bytes])
    }),
  ).toString('base64')

/** The tags, or undefined when the text is not base64 of complete tags in ascending order. */
export function readQr(text: string): Tags | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64')
  const tags = new Map<number, Uint8Array>()
  let offset = 0
  let last = 0
  while (offset < bytes.length) {
    const item = readTag(bytes, offset)
    if (!item || item.tag <= last) return undefined
    tags.set(item.tag, item.value)
    offset = item.end
    last = item.tag
  }
  return tags
}

function readTag(bytes: Buffer, offset: number): { tag: number; value: Uint8Array; end: number } | undefined {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined) return undefined
  const extra = first < 0x80 ? 0 : first - 0x80
  const start = offset + 2 + extra
  if (extra > 2 || start > bytes.length) return undefined
  const end = start + (extra === 0 ? first : bytes.readUIntBE(offset + 2, Math.max(extra, 1)))
  return end > bytes.length ? undefined : { tag, value: bytes.subarray(start, end), end }
}

/** What each tag must hold, in the order of the tags, and the code for a tag that has a code of its own. */
const EXPECTED: readonly {
  readonly tag: number
  readonly name: Text
  readonly code?: FindingCode
  readonly value: (invoice: Invoice, certificate: Certificate | undefined) => string | Uint8Array | undefined
}[] = [
  { tag: 1, name: { en: "the seller's name", ar: 'اسم البائع' }, value: ({ fields }) => fields.sellerName },
  {
    tag: 2,
    name: { en: "the seller's VAT number", ar: 'الرقم الضريبي للبائع' },
    value: ({ fields }) => fields.sellerVatNumber,
  },
  {
    tag: 3,
    name: { en: 'the time', ar: 'الوقت' },
    code: 'invoiceTimeStamp_QRCODE_INVALID',
    value: ({ fields }) => `${fields.issueDate}T${fields.issueTime}`,
  },
  { tag: 4, name: { en: 'the total', ar: 'الإجمالي' }, value: ({ fields }) => fields.payableAmount },
  { tag: 5, name: { en: 'the VAT total', ar: 'إجمالي الضريبة' }, value: ({ fields }) => fields.firstTaxAmount },
  { tag: 6, name: { en: 'the hash', ar: 'البصمة' }, code: 'invoiceHash_QRCODE_INVALID', value: ({ hash }) => hash },
  { tag: 7, name: { en: 'the signature', ar: 'التوقيع' }, value: ({ stamp }) => stamp?.signatureValue },
  {
    tag: 8,
    name: { en: 'the public key', ar: 'المفتاح العام' },
    value: (_, certificate) => certificate?.publicKeyInfo,
  },
  {
    tag: 9,
    name: { en: 'the signature of the certificate', ar: 'توقيع الشهادة' },
    value: (_, certificate) => certificate?.signature,
  },
]

const MISSING: Text = { en: 'it is missing.', ar: 'الرمز غير موجود.' }
const UNREADABLE: Text = { en: 'its tags cannot be read.', ar: 'تعذّرت قراءة حقول الرمز.' }

/** Findings about the QR code; `count` tags (8 or 9) must be there, further ones are compared too. */
export function qrFindings(invoice: Invoice, count: number): readonly Finding[] {
  const { qr } = invoice.fields
  if (qr === '') return [finding('QRCODE_INVALID', { reason: MISSING })]
  const tags = readQr(qr)
  if (!tags) return [finding('QRCODE_INVALID', { reason: UNREADABLE })]
  const certificate = invoice.stamp && certificateOf(invoice.stamp)
  return EXPECTED.filter(({ tag }) => tag <= count || tags.has(tag)).flatMap(({ tag, name, code, value }) => {
    const wanted = value(invoice, certificate)
    if (wanted !== undefined && isSame(tag, tags.get(tag), wanted, invoice)) return []
    return code ? [finding(code)] : [finding('QRCODE_INVALID', { reason: tagProblem(tag, name) })]
  })
}

/** Tag 4 may also be the total with VAT: sources disagree, and both are in use. */
function isSame(tag: number, found: Uint8Array | undefined, wanted: string | Uint8Array, invoice: Invoice): boolean {
  const equals = (value: string | Uint8Array): boolean => found !== undefined && Buffer.from(value).equals(found)
  return equals(wanted) || (tag === 4 && equals(invoice.fields.taxInclusiveAmount))
}

const tagProblem = (tag: number, name: Text): Text => ({
  en: `tag ${tag}, ${name.en}, is not that of the document.`,
  ar: `الحقل ${tag} (${name.ar}) لا يطابق الفاتورة.`,
})
