/** A small valid draft that tests change one thing of. */
import type { Draft, DraftLine } from '#core/invoice/draft.ts'

export const line = (quantity: string, price: string, more: Partial<DraftLine> = {}): DraftLine => ({
  name: 'خدمة استشارية',
  quantity,
  price,
  ...more,
})

export const draftOf = (lines: readonly DraftLine[], more: Partial<Draft> = {}): Draft => ({
  kind: 'invoice',
  profile: 'standard',
  number: 'INV-1',
  issueDate: '2026-02-01',
  issueTime: '10:00:00',
  lines: [...lines],
  ...more,
})
