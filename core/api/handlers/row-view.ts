/** What became of one row of a batch, in the words that a single document would have got. */
import { failureBodyOf } from '#core/api/failure-body.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { RowOutcome } from '#core/workflow/issuing/issue-batch.ts'
import { worded } from './worded.ts'

export const rowView = (given: RowOutcome, draft: Draft | undefined, requestId: string) => {
  const { row, idempotencyKey, kind: outcome } = given
  if (given.kind === 'refused') {
    return { row, idempotencyKey, outcome, failure: failureBodyOf(worded(given.failure, { draft }), requestId) }
  }
  const { id, number, icv, uuid } = given.document
  return { row, idempotencyKey, outcome, document: { id, number, icv, uuid } }
}
