/** Puts words to the findings and violations inside a failure, so that no caller has to know what a code means. */
import { z } from 'zod'
import { Failure } from '#core/errors.ts'
import { draftSchema } from '#core/invoice/draft.ts'
import type { DraftFinding } from '#core/invoice/parse-draft.ts'
import { draftTexts } from '#core/messages/draft.ts'
import { draftMessage } from '#core/messages/index.ts'
import { inputTexts } from '#core/messages/inputs.ts'
import { violationView } from './violation-view.ts'

const violations = z.array(
  z.object({
    rule: z.string(),
    severity: z.enum(['error', 'warning']),
    path: z.string(),
    params: z.record(z.string(), z.string()).exactOptional(),
  }),
)
const finding = z.looseObject({ path: z.string(), code: z.string(), expected: z.string().exactOptional() })
type Finding = z.infer<typeof finding>
const withDraft = z.object({ draft: draftSchema })

/** The same failure with `message`, `message_ar` (and for violations `field`) in its details. */
export const worded = (failure: Failure, input: unknown): Failure => {
  const { code, reason, details, cause } = failure
  const broken = violations.safeParse(details['violations'])
  const found = z.array(finding).safeParse(details['findings'])
  const draft = withDraft.safeParse(input).data?.draft
  const words = {
    ...(broken.success && { violations: broken.data.map((violation) => violationView(violation, draft)) }),
    ...(found.success && { findings: found.data.map((one) => ({ ...one, ...findingText(one) })) }),
  }
  return new Failure(code, { details: { ...details, ...words }, cause, ...(reason === undefined ? {} : { reason }) })
}

/** Of a draft's or an input's shape, or of a field's content. */
const findingText = (finding: Finding) => {
  const { code, expected } = finding
  const input = expected === undefined ? inputTexts[code] : undefined
  if (input !== undefined) return { message: input.en, message_ar: input.ar }
  if (!isShapeFinding(finding)) return {}
  return { message: draftMessage(finding, 'en'), message_ar: draftMessage(finding, 'ar') }
}

const isShapeFinding = (finding: Finding): finding is DraftFinding & Finding => Object.hasOwn(draftTexts, finding.code)
