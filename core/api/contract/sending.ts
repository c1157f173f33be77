/** What is on its way to ZATCA, over all companies, and the roads it travels on. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { clockLevels, endpoints, roadReasons } from '../../vocabulary.ts'
import { documentSummary, environment, id, instant, stateSentences } from './shapes.ts'

const tags = ['sending']

/** The 24 hours of a simplified document. */
const clock = z.object({
  deadlineAt: instant,
  level: z.enum(clockLevels),
  /** Negative when it is late */
  secondsLeft: z.number().int(),
})

const tally = z.object({
  companyId: id,
  environment,
  waiting: z.number().int(),
  unknown: z.number().int(),
  held: z.number().int(),
  oldestSealedAt: instant,
  /** The first to end of its simplified documents */
  clock: clock.optional(),
})

const roadId = z.string().min(1).max(100)

const road = z.object({
  id: roadId,
  environment,
  /** Absent: the whole environment, or a unit */
  endpoint: z.enum(endpoints).optional(),
  /** The unit whose certificate is refused */
  unit: z.object({ id, companyId: id, name: z.string() }).optional(),
  state: z.enum(['open', 'closed', 'probing']),
  reason: z.enum(roadReasons).optional(),
  changedAt: instant,
  changedBy: z.string(),
  /** When it is tried again; absent when only a person opens it */
  probeAt: instant.optional(),
  standing: stateSentences,
})

const openDocument = documentSummary.extend({ standing: stateSentences, clock: clock.optional() })

const board = z.object({
  at: instant,
  tallies: z.array(tally),
  /** Every environment in use, and whatever else is closed */
  roads: z.array(road),
  /** Simplified documents that are not reported yet, the most urgent first */
  clocks: z.array(openDocument),
  held: z.array(openDocument),
  unknown: z.array(openDocument),
})

export const sending = {
  board: oc
    .route({
      method: 'GET',
      path: '/zatca/sending',
      summary: 'What is on its way, for all companies: counts, roads, 24-hour clocks, held and unknown documents',
      tags,
    })
    .input(z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }))
    .output(board),
  pause: oc
    .route({
      method: 'POST',
      path: '/zatca/sending/pause',
      summary:
        'Stop sending on a road: an environment (PRODUCTION) or one of its endpoints (PRODUCTION/clearance); issuing goes on',
      tags,
    })
    .input(
      z.strictObject({
        road: roadId,
        /** PRODUCTION, where the road leads there: typed by the person who pauses it */
        confirm: z.string().max(100).optional(),
      }),
    )
    .output(road),
  resume: oc
    .route({
      method: 'POST',
      path: '/zatca/sending/resume',
      summary: 'Open a road again: everything that waits goes on',
      tags,
    })
    .input(z.strictObject({ road: roadId }))
    .output(road),
}
