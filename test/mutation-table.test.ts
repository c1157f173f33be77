/** The mutations follow the code: what they take away is there, once. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { mutations } from './mutation-table.ts'

const root = resolve(import.meta.dirname, '..')

it.each(mutations)('$removed stands exactly once in $file', ({ file, text, test }) => {
  expect(readFileSync(join(root, file), 'utf8').split(text)).toHaveLength(2)
  expect(readFileSync(join(root, test.file), 'utf8')).toMatch(new RegExp(test.names))
})
