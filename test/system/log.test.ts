/** The log: what names a secret is struck out, and an unforeseen error's own text never gets in. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonLog, originOf } from '#core/system/log.ts'
import { version } from '#core/system/version.ts'

const lines = () => {
  const written: string[] = []
  return { written, destination: { write: (line: string) => void written.push(line) } }
}

describe('jsonLog', () => {
  it('writes one JSON object a line, with time and event', () => {
    const { written, destination } = lines()
    jsonLog({ destination }).info('server/listening', { port: 1 })
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ msg: 'server/listening', port: 1, at: expect.any(String) })
  })

  it.each(['otp', 'secret', 'sessionToken', 'password', 'keyPassphrase', 'authorization', 'cookie'])(
    'strikes out %s',
    (name) => {
      const { written, destination } = lines()
      jsonLog({ destination }).error('event', { [name]: 'canary-4711' })
      expect(written.join()).not.toContain('canary-4711')
    },
  )
})

describe('originOf', () => {
  it('tells names and places, and no text of an error or of its cause', () => {
    const origin = originOf(new TypeError('canary-text', { cause: new RangeError('canary-cause') }))
    expect(origin).toMatch(/TypeError[\s\S]*log\.test\.ts[\s\S]*caused by RangeError/)
    expect(origin).not.toContain('canary')
  })
})

describe('version', () => {
  it('is that of package.json', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
    expect(version).toBe(manifest.version)
  })
})
