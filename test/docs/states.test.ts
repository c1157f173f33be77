/** The published table of states is the one that the program speaks from. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stateDocument } from '../../docs/states/generate.ts'

test('docs/states.md is up to date (npm run docs:states)', () => {
  expect(readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'states.md'), 'utf8')).toBe(stateDocument())
})
