/** What `docs/api.md` shows runs as it is written, and lists what there is. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newVerificationKey, signedHeaders } from '#core/notify/signature.ts'
import { eventTypes } from '#core/vocabulary.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8')
const shown = (language: string): string => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''

test('names every event', () => {
  for (const type of eventTypes) if (type !== 'webhook.test') expect(page).toContain(`\`${type}\``)
})

describe('the check of a signature', () => {
  const key = newVerificationKey({ token: () => Buffer.alloc(32, 7).toString('base64url') })
  const body = '{"type":"invoice.cleared","نص":"قيمة"}'
  const now = 1_700_000_000
  const headers = signedHeaders(key, 'message-1', body, now * 1000)
  const other = newVerificationKey({ token: () => Buffer.alloc(32, 8).toString('base64url') })
  const messages = [
    { what: 'genuine', key, headers, body, now: now + 299, genuine: true },
    { what: 'changed', key, headers, body: `${body} `, now, genuine: false },
    { what: 'of another', key: other, headers, body, now, genuine: false },
    { what: 'repeated later', key, headers, body, now: now + 301, genuine: false },
    {
      what: 'without a signature',
      key,
      headers: { ...headers, 'webhook-signature': 'v1,' },
      body,
      now,
      genuine: false,
    },
    { what: 'under another id', key, headers: { ...headers, 'webhook-id': 'message-2' }, body, now, genuine: false },
  ]

  test.each(messages)('in Node: a message that is $what', async (message) => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-docs-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = join(folder, 'check.mjs')
    await writeFile(file, shown('js'))
    const { isGenuine } = await import(pathToFileURL(file).href)
    expect(isGenuine(message.key, message.headers, message.body, message.now)).toBe(message.genuine)
  })

  const hasPython = spawnSync('python3', ['--version']).status === 0
  if (!hasPython) console.warn('SKIPPED: the check in Python needs python3 (Debian: apt-get install python3)')
  test.skipIf(!hasPython)('in Python: the same', () => {
    const ask =
      'import json, sys\nprint(json.dumps([is_genuine(m["key"], m["headers"], m["body"], m["now"]) for m in json.load(sys.stdin)]))'
    const { stdout, stderr } = spawnSync('python3', ['-c', `${shown('python')}\n${ask}`], {
      input: JSON.stringify(messages),
    })
    expect(stderr.toString()).toBe('')
    expect(JSON.parse(stdout.toString())).toEqual(messages.map(({ genuine }) => genuine))
  })
})
