/** `khatm keys` on the data of a server: what protects the keys, and the way from one key to another, beside a running server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileEncryption } from '#core/keys/providers.ts'
import type { Storage } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { commandLineActor } from '../../cli/actor.ts'
import { main } from '../../cli/main.ts'
import { startSoftHsm } from '../keys/softhsm.ts'
import { openOffice, type TestOffice } from '../workflow/office.ts'

let folder = ''
let office: TestOffice
let before = ''
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-keys-'))
  const encryption = await fileEncryption(file('old.key'), { create: true })
  before = encryption.provider
  await fileEncryption(file('new.key'), { create: true })
  const open = (): Promise<Storage> => openSqlite({ file: file('khatm.sqlite'), exclusive: true })
  office = await openOffice({ encryption, open })
  await office.readyUnit()
})
afterAll(async () => {
  await office.close()
  await rm(folder, { recursive: true, force: true })
})

const run = async (words: readonly string[], settings: Readonly<Record<string, string>>) => {
  const lines: string[] = []
  const kept = { ...process.env }
  Object.assign(process.env, { DATA_DIR: folder, ...settings })
  try {
    const write = (line: string) => void lines.push(line)
    const exit = await main(words, { language: 'en', out: write, err: write, bytes: () => undefined })
    return { exit, text: lines.join('\n') }
  } finally {
    process.env = kept
  }
}

describe('khatm keys', () => {
  it('shows how much is under which key, and no key', async () => {
    const { exit, text } = await run(['keys', 'status'], { KEY_FILE: file('old.key') })
    expect(text).toMatch(new RegExp(`${before} +1 +2 +current`))
    expect(text).toContain('Everything is under the current key')
    expect(exit).toBe(0)
  })

  it('warns of a key that is not at hand', async () => {
    const { exit, text } = await run(['keys', 'status'], { KEY_FILE: file('new.key') })
    expect(text).toMatch(new RegExp(`${before} +1 +2 +not at hand`))
    expect(exit).toBe(1)
  })

  it('leaves everything as it is when the key of before is not named', async () => {
    const { exit, text } = await run(['keys', 'rewrap'], { KEY_FILE: file('new.key') })
    expect(text).toContain('[key/locked]')
    expect(exit).toBe(1)
    expect((await run(['keys', 'status'], { KEY_FILE: file('old.key') })).exit).toBe(0)
  })

  it('moves everything to the current key beside the office that holds the file, and says so in the audit log', async () => {
    const both = { KEY_FILE: file('new.key'), PREVIOUS_KEY_FILE: file('old.key') }
    expect((await run(['keys', 'status'], both)).text).toMatch(new RegExp(`${before} +1 +2 +of before`))
    const { exit, text } = await run(['keys', 'rewrap'], both)
    expect(text).toMatch(/^file-[0-9a-f]{16}: wrapped anew 3, were already 0$/)
    expect(exit).toBe(0)
    expect((await run(['keys', 'status'], { KEY_FILE: file('new.key') })).exit).toBe(0)
    const [entry] = await office.ports.storage.read.audit('keys')
    expect(entry).toMatchObject({ action: 'keys/rewrap', details: { keys: 1, secrets: 2 } })
    expect(entry?.actor).toBe(commandLineActor())
  })

  it('refuses an unknown word, a folder without data, and a key outside a module', async () => {
    expect((await run(['keys', 'export'], {})).text).toContain('[usage/invalid-value]')
    const elsewhere = { DATA_DIR: file('nowhere'), KEY_FILE: file('new.key') }
    expect((await run(['keys', 'status'], elsewhere)).text).toContain('[usage/unreadable-file]')
    expect((await run(['keys', 'create'], { KEY_FILE: file('new.key') })).text).toContain('PKCS11_MODULE')
  })

  it('never prints what is in a key file', async () => {
    await writeFile(file('bad.key'), 'canary-not-a-key', { mode: 0o600 })
    const { exit, text } = await run(['keys', 'status'], { KEY_FILE: file('bad.key') })
    expect(text).toContain('[key/locked]')
    expect(text).not.toContain('canary')
    expect(exit).toBe(1)
  })
})

const hsm = await startSoftHsm(['office'])

describe.skipIf(hsm === undefined)('khatm keys with a security module', () => {
  afterAll(() => hsm?.stop())

  it('makes a key in the token and moves everything under it', async () => {
    const { module = '', token = '', pinFile = '' } = hsm?.options('office') ?? {}
    const settings = { PKCS11_MODULE: module, PKCS11_TOKEN: token, PKCS11_PIN_FILE: pinFile }
    expect((await run(['keys', 'create'], settings)).text).toMatch(/pkcs11-[0-9a-f]{16}/)
    const moved = await run(['keys', 'rewrap'], { ...settings, PREVIOUS_KEY_FILE: file('new.key') })
    expect(moved.text).toContain('wrapped anew 3')
    const { exit, text } = await run(['keys', 'status'], settings)
    expect(text).toMatch(/pkcs11-[0-9a-f]{16} +1 +2 +current/)
    expect(exit).toBe(0)
  })
})
