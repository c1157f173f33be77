/** The published list of rules is the one that the program judges by, and every witness was shown to the official stylesheets. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sealFindings } from '#core/invoice/rules/findings.ts'
import { ruleIds, rules } from '#core/invoice/rules/index.ts'
import { ruleDocument, witnessRows } from '../../docs/rules/generate.ts'
import { remarks } from '../../docs/rules/remarks.ts'

test('docs/rules.md is up to date (npm run docs:rules)', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(ruleDocument())
})

test('every id that can be reported has a witness that was shown to the official validator', () => {
  const speaking = [
    ...ruleIds.filter((id) => rules[id].silentBecause === undefined),
    // It needs a second document.
    ...Object.keys(sealFindings).filter((id) => id !== 'PIH/KSA-13'),
  ]
  expect(witnessRows.map(({ id }) => id).sort()).toEqual(speaking.sort())
})

test('every witness is reported here, and where it is not reported there a remark says why', () => {
  expect(witnessRows.filter(({ here }) => !here)).toEqual([])
  const unexplained = witnessRows.filter(({ id, official }) => !official && !Object.hasOwn(remarks, id))
  expect(unexplained).toEqual([])
})
