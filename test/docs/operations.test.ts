/** The operations guide says the same in both languages, and every setting of the server is explained where people look for it. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingNames } from '../../server/config.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (file: string): Promise<string> => readFile(resolve(root, file), 'utf8')

interface Section {
  readonly id: string
  readonly commands: readonly string[]
  /** Names, short commands and settings between the words */
  readonly names: readonly string[]
  /** Of its tables */
  readonly figures: readonly string[]
}

const sectionsOf = (text: string, idOf: (title: string) => string): readonly Section[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const words = section.replaceAll(/^```$[\s\S]*?^```$/gm, '')
      const rows = words.split('\n').filter((line) => line.startsWith('|'))
      return {
        id: idOf(section.split('\n')[0] ?? ''),
        commands: [...section.matchAll(/^```$([\s\S]*?)^```$/gm)].map(([, block = '']) => block.trim()),
        names: [...new Set(found(words, /`([^`]+)`/g).map((name) => name.replaceAll(/\s+/g, ' ')))].toSorted(),
        figures: found(rows.join('\n'), /(\d[\d.,]*\d|\d)/g).toSorted(),
      }
    })

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, group = '']) => group)

/** As GitHub makes the address of a heading. */
const slug = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')

const english = sectionsOf(await read('docs/operations.md'), slug)
const arabic = sectionsOf(await read('docs/operations.ar.md'), (title) => /<a id="([\w-]+)"/.exec(title)?.[1] ?? title)

describe('the operations guide in Arabic', () => {
  it('has the sections of the English one, in its order', () => {
    expect(arabic.map(({ id }) => id)).toEqual(english.map(({ id }) => id))
    expect(english.length).toBeGreaterThan(10)
  })

  it.each(english)('names the same commands, settings and figures: $id', (section) => {
    expect(arabic.find(({ id }) => id === section.id)).toEqual(section)
  })

  it('shows every command from left to right', async () => {
    const text = await read('docs/operations.ar.md')
    const blocks = [...text.matchAll(/([^\n]*)\n\n```\n[\s\S]*?\n```\n\n([^\n]*)/g)].map(([, before, after]) => [
      before,
      after,
    ])
    expect(blocks.length).toBeGreaterThan(3)
    expect(blocks.filter(([before, after]) => before !== '</div>' || after !== '<div dir="rtl">')).toEqual([])
  })
})

describe('the table of settings', async () => {
  const [, table = ''] = (await read('deploy/README.md')).split('\n## Settings\n')
  const firstColumn = table.split('\n').flatMap((line) => found(line.split(' | ')[0] ?? '', /`([A-Z][A-Z0-9_.]*)`/g))
  const isExplained = (name: string): boolean =>
    firstColumn.some((shown) => shown === name || (shown.endsWith('...') && name.startsWith(shown.slice(0, -3))))

  it.each(settingNames)('explains %s', (name) => expect(isExplained(name)).toBe(true))

  it('names none that the server does not know', () => {
    expect(firstColumn.filter((name) => !name.endsWith('...') && !settingNames.includes(name))).toEqual([])
  })
})
