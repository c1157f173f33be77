/** What a caller sees of a failure: the same body on every transport, in both languages. */
import { z } from 'zod'
import type { Failure } from '../errors.ts'
import { failureTexts } from '../messages/failures.ts'

export const failureBody = z.object({
  error: z.string(),
  message: z.string(),
  message_ar: z.string(),
  reason: z.string().optional(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
})

export type FailureBody = z.infer<typeof failureBody>

/** What the caller gets for a failure. */
export const failureBodyOf = ({ code, reason, details }: Failure, requestId: string): FailureBody => {
  const { en, ar } = failureTexts[code]
  return {
    error: code,
    message: en,
    message_ar: ar,
    ...(reason === undefined ? {} : { reason }),
    details: { ...details },
    requestId,
  }
}
