/** The audit log: who did what and when, never changed and never deleted. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { paging } from './document-filter.ts'
import { instant } from './shapes.ts'

const entry = z.object({
  /** Its place in the log */
  seq: z.number().int(),
  at: instant,
  /** A name where it is known; what the program did by itself is done by `system` */
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
})

const word = z.string().max(128).optional()
const moment = z.iso.datetime({ offset: true }).optional()

export const audit = {
  list: oc
    .route({
      method: 'GET',
      path: '/audit',
      summary: 'Entries of the audit log, newest first, in pages',
      tags: ['audit'],
    })
    .input(z.strictObject({ subject: word, actor: word, action: word, from: moment, to: moment, ...paging }))
    .output(z.object({ rows: z.array(entry), next: z.string().optional() })),
}
