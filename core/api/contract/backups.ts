/** Backups: what the last ones came to, when the next is due, and one now. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { bilingual, id, instant } from './shapes.ts'

const tags = ['backups']

const run = z.object({
  id,
  startedAt: instant,
  finishedAt: instant,
  target: z.string(),
  bytes: z.number().int(),
  documents: z.number().int(),
  /** Opened again and walked link by link */
  verified: z.boolean(),
  /** Failure code with its sentence, when it did not work */
  problem: z.object({ code: z.string(), words: bilingual }).optional(),
})

export const backups = {
  list: oc
    .route({
      method: 'GET',
      path: '/backups',
      summary: 'The last backups, newest first, and when the next is due',
      tags,
    })
    .output(
      z.object({
        /** False where this installation was not told where to keep backups */
        scheduled: z.boolean(),
        nextAt: instant.optional(),
        runs: z.array(run),
      }),
    ),
  run: oc
    .route({
      method: 'POST',
      path: '/backups',
      summary: 'Make a backup now, open it again and prove every chain in it',
      tags,
    })
    .output(run),
}
