/** What the program is and how it is doing; the only operations that need no sign-in besides the first account. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { environment, instant } from './shapes.ts'

export const system = {
  health: oc
    .route({ method: 'GET', path: '/health', summary: 'Is the service up?', tags: ['system'] })
    .output(z.object({ status: z.enum(['ok', 'degraded']), version: z.string() })),
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
