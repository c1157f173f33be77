/** Times as a person types them: Riyadh local, or an instant with its zone. */
import { Failure } from '#core/errors.ts'
import { riyadhText } from '#core/workflow/riyadh-time.ts'

const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** `YYYY-MM-DDTHH:MM:SS` in Riyadh; this moment when nothing was typed. Throws `usage/invalid-value`. */
export const riyadhMoment = (option: string, typed: string | undefined): string => {
  if (typed === undefined) return riyadhText(Date.now())
  const instant = Date.parse(local.test(typed) ? `${typed}Z` : typed)
  if (Number.isNaN(instant) || !(local.test(typed) || zoned.test(typed))) {
    throw new Failure('usage/invalid-value', { details: { option, value: typed } })
  }
  return local.test(typed) ? typed : riyadhText(instant)
}
