/** Sums and exports over the documents of companies and periods. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { documentKinds, profiles } from '../../invoice/draft.ts'
import { documentStates } from '../../vocabulary.ts'
import { documentFilter } from './document-filter.ts'
import { environment } from './shapes.ts'

const { state: _state, ...narrowing } = documentFilter.shape
/** Without `environment` it is the office's own: rehearsals are in no report unless they are asked for. */
const asked = z.strictObject(narrowing)

const count = z.number().int()
/** Decimal with two places */
const amount = z.string()
const month = z.string()

export const reports = {
  invoices: oc
    .route({
      method: 'GET',
      path: '/reports/invoices',
      summary: 'Accepted documents by month, kind, profile and currency: how many, and for how much',
      tags: ['reports'],
    })
    .input(asked)
    .output(
      z.object({
        environment,
        rows: z.array(
          z.object({
            month,
            kind: z.enum(documentKinds),
            profile: z.enum(profiles),
            currency: z.string(),
            documents: count,
            /** In the currency of the row */
            taxInclusiveAmount: amount,
            taxAmountSar: amount,
          }),
        ),
      }),
    ),
  vatSummary: oc
    .route({
      method: 'GET',
      path: '/reports/vat-summary',
      summary: 'VAT in riyals by month: charged, credited, and how many documents are not accepted yet',
      tags: ['reports'],
    })
    .input(asked)
    .output(
      z.object({
        environment,
        rows: z.array(
          z.object({ month, charged: amount, credited: amount, net: amount, documents: count, notAccepted: count }),
        ),
      }),
    ),
  statusBreakdown: oc
    .route({
      method: 'GET',
      path: '/reports/status-breakdown',
      summary: 'How many documents are in which state',
      tags: ['reports'],
    })
    .input(asked)
    .output(z.object({ environment, rows: z.array(z.object({ state: z.enum(documentStates), documents: count })) })),
}

/** A stream on the server, a file at the caller's over HTTP, and plain text over IPC, which carries no streams. */
const file = z.custom<ReadableStream | Blob | string>(
  (value) => value instanceof ReadableStream || value instanceof Blob || typeof value === 'string',
)
const download = z.object({ headers: z.record(z.string(), z.string()).optional(), body: file })

const exported = documentFilter.extend({ format: z.enum(['csv', 'jsonl']).default('csv') })

export const exports = {
  invoices: oc
    .route({
      method: 'GET',
      path: '/exports/invoices',
      summary: 'Documents as CSV for Excel or as JSON lines, newest first, as many as there are',
      tags: ['exports'],
      outputStructure: 'detailed',
    })
    .input(exported)
    .output(download),
  invoiceLogs: oc
    .route({
      method: 'GET',
      path: '/exports/invoice-logs',
      summary: 'Every transmission of these documents: when, where to, and what came of it',
      tags: ['exports'],
      outputStructure: 'detailed',
    })
    .input(exported)
    .output(download),
}
