/** What the workers of one server and the process that leads them say to each other. */
import { z } from 'zod'

/** To a worker: the crew is complete, or the end has come. */
export const toWorker = z.enum(['crew/complete', 'crew/drain'])
export type ToWorker = z.infer<typeof toWorker>

/** From a worker: it listens. */
export const listening = z.object({
  event: z.literal('worker/listening'),
  url: z.string(),
  address: z.string(),
  setUpToken: z.string().optional(),
})
export type Listening = z.infer<typeof listening>
