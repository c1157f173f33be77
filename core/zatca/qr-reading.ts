/** Reads a QR code by itself, without its document: every field with its tag, and what is odd about them. */

import { verify } from '#core/ecdsa.ts'
import { compare, parseDecimal } from '#core/invoice/amount.ts'
import type { Params, Severity } from '#core/invoice/rules/rule.ts'
import { type QrFieldName, type QrOddity, qrFieldNames } from '#core/vocabulary.ts'
import { digestToSign, fromBase64, toBase64 } from './hash.ts'
import { type DecodedQr, decodeQr } from './qr.ts'
import { utf8 } from './xml.ts'

export interface QrFieldValue {
  readonly tag: number
  readonly name: QrFieldName
  /** Tags 8 and 9, which hold bytes, as base64 */
  readonly value: string
}

export interface QrRemark {
  readonly code: QrOddity
  readonly severity: Severity
  readonly params?: Params
}

export interface QrReading {
  /** Without the white space that scanners and XML put in */
  readonly text: string
  readonly fields: readonly QrFieldValue[]
  readonly oddities: readonly QrRemark[]
}

/** Throws `qr/malformed`. */
export const readQr = (source: string): QrReading => {
  const text = source.replaceAll(/\s/g, '')
  const qr = decodeQr(text)
  return { text, fields: fieldsOf(qr), oddities: odditiesOf(qr, text) }
}

const fieldsOf = (qr: DecodedQr): readonly QrFieldValue[] =>
  qrFieldNames.flatMap((name, index) => {
    const value = qr[name]
    if (value === undefined) return []
    return [{ tag: index + 1, name, value: typeof value === 'string' ? value : toBase64(value) }]
  })

/** BR-CL-KSA-14: at most 1000 characters. Names of more than 127 bytes are refused by ZATCA's reader (spec E1). */
const longest = { text: 1000, name: 127 } as const
const phaseOne: readonly QrFieldName[] = ['sellerName', 'vatNumber', 'timestamp', 'total', 'vatTotal']
/** Tag 9 belongs to simplified documents only, and the code does not say which kind it is of. */
const stamp: readonly QrFieldName[] = ['hash', 'signature', 'publicKey']

const odditiesOf = (qr: DecodedQr, text: string): readonly QrRemark[] => {
  const isStamped = stamp.some((name) => qr[name] !== undefined)
  const needed = isStamped ? [...phaseOne, ...stamp] : phaseOne
  return [
    ...needed.filter((name) => !qr[name]?.length).map((name) => error('tag-missing', { tag: String(tagOf(name)) })),
    ...(isStamped ? [] : [warning('phase-one')]),
    ...(stamp.every((name) => qr[name] !== undefined) && !isSignatureRight(qr) ? [error('stamp')] : []),
    ...formOddities(qr, text),
  ]
}

const tagOf = (name: QrFieldName): number => qrFieldNames.indexOf(name) + 1

const formOddities = (qr: DecodedQr, text: string): readonly QrRemark[] => {
  const { sellerName = '', vatNumber, timestamp, total, vatTotal } = qr
  const nameBytes = utf8(sellerName).length
  return [
    ...(text.length > longest.text ? [error('too-long', { actual: String(text.length) })] : []),
    ...(nameBytes > longest.name ? [warning('name-too-long', { actual: String(nameBytes) })] : []),
    ...(isForm(vatNumber, /^3\d{13}3$/) ? [] : [error('vat-number-format', { actual: vatNumber ?? '' })]),
    ...(isForm(timestamp, moment) ? [] : [error('timestamp-format', { actual: timestamp ?? '' })]),
    ...[total, vatTotal].flatMap((amount) =>
      amount === undefined || parseDecimal(amount) ? [] : [error('amount-format', { actual: amount })],
    ),
    ...(isAbove(vatTotal, total) ? [warning('vat-above-total', { vat: vatTotal ?? '', total: total ?? '' })] : []),
  ]
}

/** Codes of phase 1 end their time in Z. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/

/** What is absent is remarked on as a missing tag. */
const isForm = (value: string | undefined, form: RegExp): boolean => value === undefined || form.test(value)

const isAbove = (high = '', low = ''): boolean => {
  const [one, other] = [parseDecimal(high), parseDecimal(low)]
  return one !== undefined && other !== undefined && compare(one, other) > 0
}

/** The signature of tag 7 is over the hash of tag 6 and by the key of tag 8 (D2), so a code proves itself as far as that goes. */
const isSignatureRight = ({ hash = '', signature = '', publicKey = new Uint8Array() }: DecodedQr): boolean =>
  verify(digestToSign(hash), fromBase64(signature) ?? new Uint8Array(), publicKey)

const error = (code: QrOddity, params?: Params): QrRemark => remark(code, 'error', params)
const warning = (code: QrOddity, params?: Params): QrRemark => remark(code, 'warning', params)
const remark = (code: QrOddity, severity: Severity, params: Params | undefined): QrRemark =>
  params === undefined ? { code, severity } : { code, severity, params }
