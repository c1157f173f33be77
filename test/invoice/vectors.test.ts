/** The nine vectors: a readable draft completes to exactly the canonical bytes that ZATCA's validator has accepted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { completeDraft } from '#core/invoice/complete.ts'
import { draftSchema } from '#core/invoice/draft.ts'
import { GENESIS_PIH, withChainFields } from '#core/zatca/chain.ts'
import { writeInvoice } from '#core/zatca/ubl/invoice.ts'

const folder = join(import.meta.dirname, '..', 'fixtures', 'vectors')
const vector = z.strictObject({ icv: z.number(), draft: draftSchema })

test.each([
  'simplified388',
  'standard388',
  'credit381std',
  'debit383simp',
  'prepay386',
  'finalprepaid',
  'export',
  'rounding',
  'usd',
])('%s is reproduced byte for byte', (name) => {
  const { icv, draft } = vector.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
  const invoice = withChainFields(completeDraft(draft), { icv, pih: GENESIS_PIH })
  expect(new TextDecoder().decode(writeInvoice(invoice).bytes)).toBe(
    readFileSync(join(folder, `${name}.canon`), 'utf8'),
  )
})
