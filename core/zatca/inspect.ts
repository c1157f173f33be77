/** Everything that can be said about somebody's file for a person who received it: rules, proofs of the stamp, certificate, QR code. */

import { Failure } from '#core/errors.ts'
import type { Invoice } from '#core/invoice/document.ts'
import type { Certificate } from './certificate.ts'
import { chainField } from './chain.ts'
import { type CheckedXml, type CheckOptions, checkXml, hashOf } from './check.ts'
import { type QrReading, readQr } from './qr-reading.ts'
import { isSimplified } from './qr-source.ts'
import { type Check, certificateOf, sealChecks } from './verify.ts'

export interface Inspection extends CheckedXml {
  readonly signed: boolean
  /** Empty when there is no signature */
  readonly proofs: readonly Check[]
  /** The one that made the stamp; absent when there is none or it cannot be read */
  readonly certificate?: Certificate
  /** Absent when there is none or it cannot be read */
  readonly qr?: QrReading
}

/** Throws what `checkXml` throws. */
export const inspectXml = async (source: Uint8Array, options: CheckOptions): Promise<Inspection> => {
  const checked = await checkXml(source, options)
  const { invoice, stamp = {} } = checked
  const signed = stamp.signatureValue !== undefined
  const certificate = certificateOf(stamp)
  const qr = qrOf(invoice)
  return {
    ...checked,
    signed,
    proofs: signed ? proofsOf(sealChecks(invoice, stamp, await hashOf(source)), invoice, certificate) : [],
    ...(certificate && { certificate }),
    ...(qr && { qr }),
  }
}

/** A cleared document bears the stamp of ZATCA, whose certificate names no seller (spec E2). */
const proofsOf = (
  checks: readonly Check[],
  invoice: Invoice,
  certificate: Certificate | undefined,
): readonly Check[] =>
  isSimplified(invoice) || certificate?.vatNumber !== undefined
    ? checks
    : checks.filter(({ id }) => id !== 'CERTIFICATE/vatNumber')

const qrOf = (invoice: Invoice): QrReading | undefined => {
  try {
    return readQr(chainField(invoice, 'QR') ?? '')
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
