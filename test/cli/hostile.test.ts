/** Files that attack whoever reads them: refused with a code, at once and in little memory, whatever their size. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { limits } from '#core/zatca/hostile.ts'
import { decode, vectorXml } from '../zatca/fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'khatm-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a refusal may take above an idle process. */
const most = { milliseconds: 100, megabytes: 64 }

const valid = decode(vectorXml('standard388'))
const full = limits.bytes
/** As much of a text as the size limit lets in, between a beginning and an end. */
const filled = (text: string, before = '', after = ''): Buffer => {
  const space = full - Buffer.byteLength(before) - Buffer.byteLength(after)
  return Buffer.concat([
    Buffer.from(before),
    Buffer.from(text.repeat(space / Buffer.byteLength(text))),
    Buffer.from(after),
  ])
}
/** Bytes of a fixed random row (xorshift). */
const garbage = (size: number): Buffer => {
  const words = new Uint32Array(size / 4)
  let state = 20261123
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    words[index] = state
  }
  return Buffer.from(words.buffer)
}

const entities = Array.from({ length: 30 }, (_, level) => `<!ENTITY e${level + 1} "&e${level};&e${level};">`).join('')
const open = valid.slice(0, valid.indexOf('<cbc:ProfileID'))

const attacks: Readonly<Record<string, () => Buffer>> = {
  'an entity bomb': () => Buffer.from(`<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]><Invoice>&e30;</Invoice>`),
  'an outside entity': () => Buffer.from('<!DOCTYPE x SYSTEM "file:///etc/passwd"><Invoice/>'),
  'a document type behind 10 MB': () => filled(' ', valid, '<!DOCTYPE x>'),
  'a processing instruction behind 10 MB': () => filled(' ', valid, '<?php x?>'),
  'depth without end': () => filled('<a>'),
  'elements without end': () => filled('<a/>', '<Invoice>'),
  'attributes without end': () => filled('a="" ', '<Invoice '),
  'namespaces without end': () => filled('xmlns:a="u" ', '<Invoice '),
  'namespaces on every level': () => filled('<a xmlns:a="u" xmlns:b="v">', open),
  'only opening brackets': () => filled('<'),
  'an attribute without end': () => filled('a', '<Invoice a="'),
  'a comment without end': () => filled('-', '<!--'),
  'line ends without end': () => filled('\n'),
  'Arabic without a tag': () => filled('ختم '),
  'line ends before a false reference': () => filled('\n', open, '&lol;'),
  'a text that ends in a false reference': () => filled('ن', open, '&lol;'),
  'a page of UTF-16': () => Buffer.from(`\ufeff${'<Invoice/>'.repeat(400_000)}`, 'utf16le'),
  'UTF-16 without a mark': () => Buffer.from('<Invoice/>', 'utf16le'),
  'a declared other encoding': () => Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${valid}`),
  'broken UTF-8 at the end': () => Buffer.concat([filled(' ', valid).subarray(0, -2), Buffer.from([0xc3, 0x28])]),
  '10 MB of garbage': () => garbage(full),
  '50 MB of garbage': () => garbage(50_000_000),
  '50 MB of letters': () => Buffer.alloc(50_000_000, 'a'),
}

interface Measured {
  readonly exit: number
  readonly milliseconds: number
  readonly megabytes: number
  readonly out: string
}
const isMeasured = (value: unknown): value is Measured => typeof value === 'object' && value !== null && 'out' in value

const child = join(import.meta.dirname, 'measure-check.ts')

/** One process judges them all, one after the other, as a server does. */
const measured = (files: readonly string[]): readonly Measured[] => {
  const { stdout } = spawnSync(process.execPath, ['--expose-gc', child, ...files], { encoding: 'utf8' })
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
    .filter(isMeasured)
}

test('every attack is refused with a code, at once and in little memory', () => {
  const names = Object.keys(attacks)
  const files = names.map((name) => join(folder, `${name}.xml`))
  Object.values(attacks).forEach((content, index) => {
    writeFileSync(files[index] ?? '', content())
  })
  const answers = measured(files)
  expect(answers).toHaveLength(names.length)
  answers.forEach(({ exit, milliseconds, megabytes, out }, index) => {
    const name = names[index]
    if (process.env['KHATM_FIGURES'] !== undefined) console.log(name, Math.round(milliseconds), Math.round(megabytes))
    expect({ name, exit, code: JSON.parse(out).failure.error }).toEqual({
      name,
      exit: 2,
      code: expect.stringMatching(/^xml\/(?:hostile|malformed)$/),
    })
    expect(megabytes, name).toBeLessThanOrEqual(most.megabytes)
    expect(milliseconds, name).toBeLessThanOrEqual(most.milliseconds)
  })
}, 60_000)
