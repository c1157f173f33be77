/** The evidence bundle of a document: one JSON file that says and proves everything about it. */
import { z } from 'zod'
import { certificate, qrReading } from './checks.ts'
import {
  attempt,
  chainState,
  documentDetail,
  environment,
  gatewayFinding,
  id,
  instant,
  proof,
  stateSentences,
} from './shapes.ts'

const provenFile = z.object({
  /** ZATCA's name for the file (spec C14) */
  fileName: z.string(),
  base64: z.string(),
  /** Of these bytes, in hex */
  sha256: z.string(),
  proofs: z.array(proof),
  certificate: certificate.optional(),
  qr: qrReading.optional(),
})

const neighbour = z.object({ id, number: z.string(), icv: z.number().int(), uuid: z.string(), hash: z.string() })

export const evidence = z.object({
  format: z.literal('khatm-evidence-1'),
  /** When this bundle was made, and by which version */
  madeAt: instant,
  version: z.string(),
  company: z.object({ id, name: z.string(), vatNumber: z.string() }),
  unit: z.object({ id, name: z.string(), branch: z.string(), environment }),
  document: documentDetail,
  signed: provenFile,
  /** As ZATCA stamped it */
  cleared: provenFile.optional(),
  /** Every transmission with its answer as it came */
  transmissions: z.array(
    attempt.extend({
      /** Counts the turns of a document: each claim takes the next */
      fence: z.number().int(),
      requestSha256: z.string(),
      response: z.string().optional(),
    }),
  ),
  outcome: z
    .object({
      word: z.enum(['cleared', 'reported', 'rejected']),
      /** ZATCA had the document already */
      duplicate: z.boolean(),
      decidedByFence: z.number().int(),
      at: instant,
      findings: z.array(gatewayFinding),
    })
    .optional(),
  chain: z
    .object({
      id,
      epoch: z.number().int(),
      state: chainState,
      standing: stateSentences,
      lastIcv: z.number().int(),
      previous: neighbour.optional(),
      next: neighbour.optional(),
    })
    .optional(),
  /** Between its neighbours, and nothing but its bytes was ever sent */
  proofs: z.array(proof),
  history: z.array(
    z.object({
      at: instant,
      actor: z.string(),
      action: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
})
