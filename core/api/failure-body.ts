/** What a caller sees of a failure: the same body on every transport, in both languages. */
import { z } from 'zod'

export const failureBody = z.object({
  error: z.string(),
  message: z.string(),
  message_ar: z.string(),
  reason: z.string().optional(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
})

export type FailureBody = z.infer<typeof failureBody>
