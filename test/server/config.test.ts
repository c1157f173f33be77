/** The settings: every predecessor's name, every contradiction with its own sentence, all problems at once. */
import { describe, expect, it } from 'vitest'
import { Failure } from '#core/errors.ts'
import { readConfig } from '../../server/config.ts'

const production = {
  ENVIRONMENT_NAME: 'production',
  ZATCA_ENV: 'SIMULATION',
  DATABASE_URL: 'postgres://khatm@database/khatm',
  PUBLIC_URL: 'https://khatm.example.sa',
  KEY_FILE: '/run/secrets/key',
  HOST: '0.0.0.0',
}

const refused = (environment: Record<string, string>) => {
  try {
    readConfig(environment)
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'config/invalid') return JSON.stringify(thrown.details)
    throw thrown
  }
  return 'accepted'
}

describe('readConfig', () => {
  it('needs nothing for a try on one machine', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ production: false, practice: 'inside', docs: true, host: '127.0.0.1', port: 8080 })
    expect(config.environments).toEqual(['PRACTICE'])
  })

  it('accepts a complete production setting', () => {
    const config = readConfig(production)
    expect(config).toMatchObject({ production: true, practice: undefined, docs: false })
    expect(config.environments).toEqual(['SIMULATION', 'SANDBOX'])
  })

  it('keeps rehearsals possible beside a real environment', () => {
    expect(readConfig({ ...production, PRACTICE: 'true' }).environments.at(-1)).toBe('PRACTICE')
  })

  it('takes an empty value for an absent one, and ZATCA_ENV in any case', () => {
    expect(readConfig({ DATABASE_URL: '', ZATCA_ENV: 'sandbox' }).environments).toEqual(['SANDBOX', 'PRACTICE'])
  })

  it.each([
    ['DEBUG', { DEBUG: 'true' }],
    ['DATABASE_URL', { DATABASE_URL: '' }],
    ['ZATCA_ENV', { ZATCA_ENV: 'PRACTICE', PRACTICE: 'true' }],
    ['MIGRATION_DATABASE_URL', { DATABASE_URL: '', MIGRATION_DATABASE_URL: 'postgres://owner@database/khatm' }],
    ['ZATCA_ENV', { ZATCA_ENV: '' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'http://khatm.example.sa' }],
    ['PUBLIC_URL', { PUBLIC_URL: '' }],
    ['KEY_FILE', { KEY_FILE: '' }],
    ['KEY_FILE', { KEY_PASSPHRASE: 'long enough to be a passphrase' }],
    ['KEY_FILE', { PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'office', PKCS11_PIN_FILE: '/run/secrets/pin' }],
    ['PKCS11_MODULE', { KEY_FILE: '', PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'office' }],
    ['PREVIOUS_PKCS11_MODULE', { PREVIOUS_PKCS11_KEY: 'khatm-2025' }],
    ['PREVIOUS_KEY_FILE', { PREVIOUS_KEY_FILE: '/run/secrets/key' }],
  ])('refuses production with a contradiction about %s', (setting, change) => {
    const answer = refused({ ...production, ...change })
    expect(answer).toContain(`"setting":"${setting}"`)
    expect(answer).toMatch(/[\u0621-\u064a]/)
  })

  it('refuses an open port without the address that people type', () => {
    expect(refused({ HOST: '0.0.0.0' })).toContain('PUBLIC_URL')
  })

  it('refuses rehearsals without their gateway', () => {
    expect(refused({ ZATCA_ENV: 'PRACTICE', PRACTICE: 'off' })).toContain('"setting":"PRACTICE"')
  })

  it('names every unusable value at once and never repeats it', () => {
    const answer = refused({ PORT: 'eighty', ZATCA_ENV: 'test', KEY_PASSPHRASE: 'canary-short' })
    for (const setting of ['PORT', 'ZATCA_ENV', 'KEY_PASSPHRASE']) expect(answer).toContain(`"setting":"${setting}"`)
    expect(answer).not.toMatch(/eighty|canary/)
  })

  it('takes keys of before beside the current one', () => {
    const { keys } = readConfig({ ...production, PREVIOUS_KEY_PASSPHRASE: 'the passphrase of last year' })
    expect(keys).toEqual({
      current: { kind: 'file', file: '/run/secrets/key' },
      previous: [{ kind: 'passphrase', passphrase: 'the passphrase of last year' }],
    })
  })

  it('finds an older key in the same security module by its label alone', () => {
    const token = { PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'office', PKCS11_PIN_FILE: '/run/secrets/pin' }
    const { keys } = readConfig({ ...production, KEY_FILE: '', ...token, PREVIOUS_PKCS11_KEY: 'khatm-2025' })
    const options = { module: '/lib/hsm.so', token: 'office', pinFile: '/run/secrets/pin' }
    expect(keys.current).toEqual({ kind: 'pkcs11', options: { ...options, key: 'khatm' } })
    expect(keys.previous).toEqual([{ kind: 'pkcs11', options: { ...options, key: 'khatm-2025' } }])
  })
})
