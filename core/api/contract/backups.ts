/** Backups: what the last ones came to, when the next is due, and one now. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { bilingual, id, instant } from './shapes.ts'

const tags = ['backups']

/** Where backups go, when and how many stay; what protects them is never told. */
const plan = z.object({
  folder: z.string(),
  /** In Riyadh */
  hour: z.number().int(),
  keep: z.number().int(),
  keyKind: z.enum(['passphrase', 'key-file']),
})

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

const overview = z.object({
  /** False where this installation was not told where to keep backups */
  scheduled: z.boolean(),
  nextAt: instant.optional(),
  plan: plan.optional(),
  /** On the desktop people choose the plan; that of a server stands in its environment */
  changeable: z.boolean(),
  /** Where a restored office goes, for the command that restores it; only on the desktop */
  restoresTo: z.object({ database: z.string(), anchors: z.string() }).optional(),
  runs: z.array(run),
})

export const backups = {
  list: oc
    .route({
      method: 'GET',
      path: '/backups',
      summary: 'The last backups, newest first, and when the next is due',
      tags,
    })
    .output(overview),
  run: oc
    .route({
      method: 'POST',
      path: '/backups',
      summary: 'Make a backup now, open it again and prove every chain in it',
      tags,
    })
    .output(run),
  plan: oc
    .route({
      method: 'PUT',
      path: '/backups/plan',
      summary: 'Choose folder, hour, how many stay, and the passphrase; on the desktop only',
      tags,
    })
    .input(
      z.strictObject({
        folder: z.string().min(1).max(4096),
        hour: z.number().int().min(0).max(23),
        keep: z.number().int().min(1).max(365),
        /** Absent: the one of before. Without it nobody opens the backups */
        passphrase: z.string().max(256).optional(),
      }),
    )
    .output(overview),
  chooseFolder: oc
    .route({
      method: 'POST',
      path: '/backups/folder',
      summary: "Let the person choose a folder in the system's own dialog; on the desktop only",
      tags,
    })
    .output(z.object({ folder: z.string().optional() })),
}
