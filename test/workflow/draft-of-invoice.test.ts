/** A draft that is read back from the XML makes the same document again. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { completeDraft } from '#core/invoice/complete.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { draftOfInvoice } from '#core/workflow/proving/draft-of-invoice.ts'

const folder = resolve(import.meta.dirname, '..', '..', 'examples')
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const dated = { issueDate: '2026-03-01', issueTime: '10:00:00' }

describe('every example', () => {
  test.each(files)('%s', (file) => {
    const draft = { ...dated, ...parseDraft(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }
    const invoice = completeDraft(draft)
    const again = draftOfInvoice(invoice)
    expect(parseDraft(again)).toEqual(again)
    const { allowanceCharge: _before, ...rebuilt } = completeDraft(again)
    const { allowanceCharge: _after, ...original } = invoice
    expect(withoutPercentages(rebuilt)).toEqual(withoutPercentages(original))
  })
})

/** How an allowance was typed in is not in the XML; its amount is. */
const withoutPercentages = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner) => (/^(?:multiplierFactorNumeric|baseAmount)$/.test(key) ? undefined : inner)),
  )
