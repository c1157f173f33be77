/** Every test that docs/security.md rests a promise on exists under its name. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..', '..')
const page = await readFile(join(root, 'docs', 'security.md'), 'utf8')
const named = [...page.matchAll(/`(test\/[\w./-]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', name = '']) => ({
  file,
  name,
}))

/** Section 7 of the requirements, in the words of the page. */
const prohibited = [
  'anonymous use',
  'default password',
  'no session management',
  'change of issued documents or logs',
  'deletion of issued documents or logs',
  'counter reset',
  'more than one sequence per unit',
  'key export',
  'setting `sealed_at`',
  'stepping the clock unnoticed',
]

describe('docs/security.md', () => {
  it.each(named)('$file: $name', async ({ file, name }) => {
    const source = await readFile(join(root, file), 'utf8')
    expect(source.includes(`${name}'`), `${file} has no test that ends in "${name}"`).toBe(true)
  })

  it.each(prohibited)('names a test for: %s', (title) => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${title} |`))
    expect(row).toMatch(/`test\/[\w./-]+`: "/)
  })

  it('lists every prohibited function', () => expect(named.length).toBeGreaterThan(25))
})
