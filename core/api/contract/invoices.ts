/** Sales documents: drafts, checking, issuing, submitting, correcting, evidence. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { draftSchema } from '../../invoice/draft.ts'
import { failureBody } from '../failure-body.ts'
import { documentFilter, paging } from './document-filter.ts'
import { evidence } from './evidence.ts'
import { documentDetail, documentSummary, environment, id, proof, stateSentences, violation } from './shapes.ts'

const byId = z.strictObject({ id })

export const drafts = {
  list: oc
    .route({
      method: 'GET',
      path: '/companies/{companyId}/drafts',
      summary: 'Saved drafts of a company',
      tags: ['drafts'],
    })
    .input(z.strictObject({ companyId: id }))
    .output(z.array(z.object({ id, updatedAt: z.string(), draft: z.unknown() }))),
  save: oc
    .route({
      method: 'PUT',
      path: '/companies/{companyId}/drafts/{id}',
      summary: 'Save an unfinished document as it is',
      tags: ['drafts'],
    })
    .input(z.strictObject({ companyId: id, id, draft: z.unknown() }))
    .output(z.object({ id, updatedAt: z.string() })),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/companies/{companyId}/drafts/{id}',
      summary: 'Remove a draft',
      tags: ['drafts'],
    })
    .input(z.strictObject({ companyId: id, id }))
    .output(z.object({ removed: z.literal(true) })),
  check: oc
    .route({
      method: 'POST',
      path: '/companies/{companyId}/drafts/check',
      summary: 'Judge a draft by all rules without issuing it',
      tags: ['drafts'],
    })
    .input(z.strictObject({ companyId: id, draft: draftSchema }))
    .output(z.array(violation)),
}

const idempotencyKey = z.string().min(8).max(128)

/** `known`: issued by an earlier request with the same key and body. `refused`: took no number, others went on. */
const rowOutcome = z.object({
  row: z.number().int(),
  idempotencyKey: z.string(),
  outcome: z.enum(['issued', 'known', 'refused']),
  document: z.object({ id, number: z.string(), icv: z.number().int(), uuid: z.string() }).optional(),
  failure: failureBody.optional(),
})

export const invoices = {
  list: oc
    .route({
      method: 'GET',
      path: '/invoices',
      summary: 'Issued documents, newest first, in pages',
      tags: ['invoices'],
    })
    .input(documentFilter.extend(paging))
    .output(z.object({ rows: z.array(documentSummary), next: z.string().optional() })),
  issue: oc
    .route({
      method: 'POST',
      path: '/invoices',
      summary: 'Issue: check, number, seal and store in one transaction, then send',
      tags: ['invoices'],
    })
    .input(z.strictObject({ unitId: id, draft: draftSchema, idempotencyKey }))
    .output(documentDetail),
  issueMany: oc
    .route({
      method: 'POST',
      path: '/invoices/batch',
      summary: 'Issue up to 1,000 documents of a unit, a hundred in a transaction; each row has its own outcome',
      tags: ['invoices'],
    })
    .input(
      z.strictObject({
        unitId: id,
        /** `import`: sales that were made earlier at the client's till, with their own date and time */
        road: z.enum(['form', 'import']).default('form'),
        rows: z
          .array(z.strictObject({ draft: draftSchema, idempotencyKey }))
          .min(1)
          .max(1000),
      }),
    )
    .output(z.object({ rows: z.array(rowOutcome) })),
  get: oc
    .route({
      method: 'GET',
      path: '/invoices/{id}',
      summary: 'A document with everything known about it',
      tags: ['invoices'],
    })
    .input(byId)
    .output(documentDetail),
  status: oc
    .route({
      method: 'GET',
      path: '/invoices/{number}/status',
      summary: 'Where the document of this number stands; of several the last correction',
      tags: ['invoices'],
    })
    .input(
      z.strictObject({ number: z.string().max(127), companyId: id.optional(), environment: environment.optional() }),
    )
    .output(documentSummary.extend({ standing: stateSentences })),
  xml: oc
    .route({
      method: 'GET',
      path: '/invoices/{id}/xml/{form}',
      summary: 'The stored bytes, signed by us or cleared by ZATCA',
      tags: ['invoices'],
    })
    .input(byId.extend({ form: z.enum(['signed', 'cleared']) }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
  submit: oc
    .route({
      method: 'POST',
      path: '/invoices/{id}/retry',
      summary: 'Send the stored bytes now instead of waiting for the next attempt',
      tags: ['invoices'],
    })
    .input(byId)
    .output(documentDetail),
  reissue: oc
    .route({
      method: 'POST',
      path: '/invoices/{id}/reissue',
      summary: 'Correct a rejected document: same number and date, new UUID and counter',
      tags: ['invoices'],
    })
    .input(byId.extend({ draft: draftSchema, idempotencyKey: z.string().min(8).max(128) }))
    .output(documentDetail),
  evidence: oc
    .route({
      method: 'GET',
      path: '/invoices/{id}/evidence',
      summary: 'The evidence bundle: bytes, proofs, every transmission with its answer, chain neighbours, history',
      tags: ['invoices'],
    })
    .input(byId)
    .output(evidence),
  verify: oc
    .route({
      method: 'POST',
      path: '/invoices/{id}/verification',
      summary: 'Recompute hash, digests, signature and QR from the stored bytes',
      tags: ['invoices'],
    })
    .input(byId)
    .output(z.array(proof)),
}
