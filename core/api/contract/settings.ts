/** Points on which ZATCA's sources disagree: value, default, where it comes from, who may change it. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { bilingual, instant } from './shapes.ts'

const tags = ['settings']
const value = z.union([z.string(), z.number(), z.boolean()])

const setting = z.object({
  name: z.string(),
  title: bilingual,
  value,
  default: value,
  /** Absent where any number in the range will do */
  choices: z.array(z.object({ value, words: bilingual })).optional(),
  /** What a number counts */
  unit: bilingual.optional(),
  source: bilingual,
  /** `nobody`: built in, listed for the record */
  changedBy: z.enum(['owner', 'admin', 'nobody']),
  /** When and by whom it was chosen; absent while the default holds */
  chosen: z.object({ at: instant, by: z.string() }).optional(),
})

export const settings = {
  list: oc
    .route({
      method: 'GET',
      path: '/settings',
      summary: 'Every disputed point with its value, default and source',
      tags,
    })
    .output(z.array(setting)),
  change: oc
    .route({
      method: 'PUT',
      path: '/settings/{name}',
      summary: 'Choose a value; in force from the next document on',
      tags,
    })
    .input(z.strictObject({ name: z.string().min(1).max(64), value }))
    .output(setting),
}
