/** Judging files and QR codes that came from anybody; nothing is stored. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { documentKinds, profiles } from '../../invoice/draft.ts'
import { qrFieldNames, qrOddities } from '../../vocabulary.ts'
import { proof, violation } from './shapes.ts'

/** Characters of base64: ZATCA's whole request ends at 10 MB, so that its largest document has 7.5 MB (spec A7). */
export const largestFile = 10 * 1024 * 1024
/** Far above the 1000 characters that a QR code may have, so that a longer one is named instead of refused. */
const largestQr = 16 * 1024
/** A file that breaks everything would otherwise be answered with more than it holds. */
export const mostViolations = 500

/** As they stand in the file, unchanged; what the file lacks is absent. */
const text = z.string().optional()

const party = z.object({
  /** BT-27, BT-44 */
  name: text,
  /** BT-31, BT-48 */
  vatNumber: text,
  /** BT-29, BT-46 */
  id: z.object({ scheme: text, value: z.string() }).optional(),
})

const totals = z.object({
  /** BT-109 */
  taxExclusive: text,
  /** BT-110 */
  vat: text,
  /** BT-111, where the document is in another currency */
  vatInSar: text,
  /** BT-112 */
  taxInclusive: text,
  /** BT-113 */
  prepaid: text,
  /** BT-115 */
  payable: text,
})

const checkedDocument = z.object({
  kind: z.enum(documentKinds).optional(),
  profile: z.enum(profiles).optional(),
  number: text,
  uuid: text,
  issueDate: text,
  issueTime: text,
  supplyDate: text,
  currency: text,
  /** ICV */
  counter: text,
  seller: party,
  buyer: party,
  lines: z.number().int(),
  totals,
})

/** What the certificate of a stamp says of itself; whether ZATCA issued it is not proven by that. */
export const certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  vatNumber: text,
})

/** A QR code read by itself. */
export const qrReading = z.object({
  text: z.string(),
  /** Characters of base64 */
  length: z.number().int(),
  fields: z.array(z.object({ tag: z.number().int(), name: z.enum(qrFieldNames), value: z.string() })),
  oddities: z.array(
    z.object({
      code: z.enum(qrOddities),
      severity: z.enum(['error', 'warning']),
      message: z.string(),
      message_ar: z.string(),
    }),
  ),
})

export const checks = {
  file: oc
    .route({
      method: 'POST',
      path: '/checks/file',
      summary: 'Judge the XML of any e-invoice: rules, stamp, certificate and QR code; nothing is stored',
      tags: ['checks'],
    })
    .input(z.strictObject({ fileName: z.string().max(255), base64: z.string().max(largestFile) }))
    .output(
      z.object({
        fileName: z.string(),
        rulePack: z.string(),
        document: checkedDocument,
        errors: z.number().int(),
        warnings: z.number().int(),
        /** Errors first; the first 500 of them */
        violations: z.array(violation),
        signed: z.boolean(),
        /** Empty when the document bears no signature */
        proofs: z.array(proof),
        certificate: certificate.optional(),
        /** Absent when there is none or it cannot be read */
        qr: qrReading.optional(),
      }),
    ),
  qr: oc
    .route({
      method: 'POST',
      path: '/checks/qr',
      summary: 'Decode the text of a QR code and say what is odd about it; nothing is stored',
      tags: ['checks'],
    })
    .input(z.strictObject({ text: z.string().max(largestQr) }))
    .output(qrReading),
}
