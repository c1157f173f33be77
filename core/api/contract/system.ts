/** What the program is and how it is doing; the only operations that need no sign-in besides the first account. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { environment, instant } from './shapes.ts'

export const system = {
  health: oc
    .route({ method: 'GET', path: '/health', summary: 'Is the service up?', tags: ['system'] })
    .output(z.object({ status: z.enum(['ok', 'degraded']), version: z.string() })),
  condition: oc
    .route({
      method: 'GET',
      path: '/system/health',
      summary: 'What works and what does not; over HTTP with status 503 when something does not',
      tags: ['system'],
    })
    .output(
      z.object({
        status: z.enum(['ok', 'unavailable']),
        version: z.string(),
        checks: z.record(z.string(), z.boolean()),
      }),
    ),
  info: oc
    .route({
      method: 'GET',
      path: '/system/info',
      summary: 'Version, rule pack and whether the first account is missing',
      tags: ['system'],
    })
    .output(
      z.object({
        version: z.string(),
        rulePack: z.string(),
        needsSetUp: z.boolean(),
        /** New units may be made in these; the first is the default */
        environments: z.array(environment),
        shell: z.enum(['desktop', 'server']),
        /** People may sign in at the office's own service: `GET /api/v1/sign-in-service/start` */
        signInService: z.boolean(),
      }),
    ),
  queue: oc
    .route({
      method: 'GET',
      path: '/zatca/status',
      summary: 'Documents on their way, and the age of the oldest',
      tags: ['system'],
    })
    .output(
      z.object({
        waiting: z.number().int(),
        unknown: z.number().int(),
        held: z.number().int(),
        /** Things that do not go on without a person: held documents, roads that nobody else opens, clocks about to run out */
        attention: z.number().int(),
        oldestSealedAt: instant.optional(),
      }),
    ),
}
