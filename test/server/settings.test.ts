/** Every contradiction between settings: each has a witness that breaks it and nothing else, and a sentence in both languages. */
import { describe, expect, it } from 'vitest'
import { Failure } from '#core/errors.ts'
import { contradictions, readConfig, settingNames } from '../../server/config.ts'
import { configProblem } from '../../server/config-problem.ts'
import { unknownSettings } from '../../server/unknown-settings.ts'

const production = {
  ENVIRONMENT_NAME: 'production',
  ZATCA_ENV: 'SIMULATION',
  DATABASE_URL: 'postgres://khatm@database/khatm',
  PUBLIC_URL: 'https://khatm.example.sa',
  KEY_FILE: '/run/secrets/key',
  HOST: '0.0.0.0',
}
const office = { DATABASE_URL: 'postgres://khatm@database/khatm', PRACTICE_URL: 'http://practice:8085' }
const token = { PKCS11_MODULE: '/lib/hsm.so', PKCS11_TOKEN: 'office', PKCS11_PIN_FILE: '/run/secrets/pin' }
const processors = 4

/** One for each contradiction: the settings that break it, on top of the first. */
const witnesses: readonly (readonly [setting: string, base: object, change: object])[] = [
  ['DEBUG', production, { DEBUG: 'True' }],
  ['BACKUP_DIR', {}, { BACKUP_DIR: '/backups' }],
  ['DATABASE_URL', production, { DATABASE_URL: '' }],
  ['DATABASE_URL', office, { DATABASE_URL: 'postgres://khatm@database/khatm?sslmode=prefer' }],
  ['MIGRATION_DATABASE_URL', {}, { MIGRATION_DATABASE_URL: 'postgres://owner@database/khatm' }],
  ['DATABASE_TLS', production, { DATABASE_TLS: 'require' }],
  [
    'DATABASE_TLS',
    office,
    { ...office, DATABASE_URL: `${office.DATABASE_URL}?sslmode=disable`, DATABASE_TLS: 'verify' },
  ],
  ['DATABASE_CA_FILE', office, { DATABASE_CA_FILE: '/run/secrets/ca.crt' }],
  ['ZATCA_ENV', production, { ZATCA_ENV: '' }],
  ['PUBLIC_URL', production, { PUBLIC_URL: 'http://khatm.example.sa' }],
  ['PUBLIC_URL', {}, { HOST: '0.0.0.0' }],
  ['PRACTICE', {}, { ZATCA_ENV: 'PRACTICE', PRACTICE: 'no' }],
  ['REDIS_URL', {}, { RATE_LIMIT_STORE: 'redis' }],
  ['RATE_LIMIT_STORE', {}, { RATE_LIMIT_STORE: 'postgres' }],
  ['KEY_FILE', production, { KEY_PASSPHRASE: 'long enough to be a passphrase' }],
  ['KEY_FILE', production, { KEY_FILE: '' }],
  ['PKCS11_MODULE', {}, { ...token, PKCS11_PIN_FILE: '' }],
  ['PREVIOUS_PKCS11_MODULE', {}, { PREVIOUS_PKCS11_KEY: 'khatm-2025' }],
  ['PREVIOUS_KEY_FILE', production, { PREVIOUS_KEY_FILE: production.KEY_FILE }],
  ['OIDC_CLIENT_ID', { PUBLIC_URL: 'http://127.0.0.1' }, { OIDC_ISSUER: 'https://login.example.sa' }],
  ['PUBLIC_URL', {}, { OIDC_ISSUER: 'https://login.example.sa', OIDC_CLIENT_ID: 'khatm' }],
  ['OIDC_ISSUER', production, { OIDC_ISSUER: 'http://login', OIDC_CLIENT_ID: 'khatm' }],
  ['S3_BUCKET', {}, { CERT_STORE: 's3' }],
  ['S3_ENDPOINT', production, { S3_ENDPOINT: 'http://garage:3900' }],
  ['DATABASE_POOL', office, { WORKERS: 'cpu*2+1', DATABASE_POOL: '10' }],
  ['ROLE', {}, { ROLE: 'worker', PRACTICE: 'off' }],
  ['PRACTICE_URL', office, { PRACTICE_URL: '', ROLE: 'api' }],
]

const problemsOf = (environment: object) => {
  try {
    readConfig({ ...environment }, processors)
    return []
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'config/invalid') throw thrown
    return configProblem.array().parse(thrown.details['problems'])
  }
}

describe('settings that contradict each other', () => {
  it.each(witnesses)(
    '%s: nothing is wrong before, and one sentence says what is afterwards',
    (setting, base, change) => {
      expect(problemsOf(base)).toEqual([])
      expect(problemsOf({ ...base, ...change })).toMatchObject([{ setting }])
    },
  )

  it('each have a witness', () => {
    const shown = new Set(
      witnesses.flatMap(([, base, change]) => problemsOf({ ...base, ...change })).map(({ message }) => message),
    )
    expect(contradictions.filter(({ message }) => !shown.has(message)).map(({ message }) => message)).toEqual([])
  })

  it.each(contradictions)('"$message" names settings and stands in Arabic too', ({ setting, message, message_ar }) => {
    for (const text of [message, message_ar]) expect(text).toMatch(/[A-Z]{4,}/)
    expect(message_ar).toMatch(/[\u0621-\u064a]{3}/)
    expect(settingNames).toContain(setting)
  })
})

describe('the database of a production server', () => {
  const urlOf = (change: object) => readConfig({ ...production, ...change }).databaseUrl

  it('is verified over the network without being told to', () => {
    expect(urlOf({})).toBe('postgres://khatm@database/khatm?sslmode=verify-full')
    expect(urlOf({ DATABASE_CA_FILE: '/run/secrets/ca.crt' })).toContain('sslrootcert=%2Frun%2Fsecrets%2Fca.crt')
  })

  it('is the same when the address says so by itself', () => {
    const url = 'postgres://khatm@database/khatm?sslmode=verify-full&sslrootcert=/run/secrets/ca.crt'
    expect(new URL(urlOf({ DATABASE_URL: url }) ?? '').searchParams.get('sslrootcert')).toBe('/run/secrets/ca.crt')
  })

  it.each(['disable', 'require', 'prefer', 'allow', 'verify-ca', 'no-verify'])('is refused with sslmode=%s', (word) => {
    for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL'])
      expect(problemsOf({ ...production, [name]: `${production.DATABASE_URL}?sslmode=${word}` })).not.toEqual([])
  })

  it('may speak in clear on the same machine, where nobody listens', () => {
    const local = { DATABASE_URL: 'postgres://khatm@%2Frun%2Fpostgresql/khatm' }
    expect(urlOf(local)).toBe(local.DATABASE_URL)
    expect(urlOf({ DATABASE_URL: 'postgres://khatm@127.0.0.1:6432/khatm' })).not.toContain('sslmode')
  })
})

describe('names of the environment', () => {
  it('of the system that the new one succeeds are known', () => {
    const theirs = ['DATABASE_URL', 'ENVIRONMENT_NAME', 'DEBUG', 'ENABLE_DOCS', 'ZATCA_ENV', 'WORKERS', 'HOST', 'PORT']
    expect(settingNames).toEqual(expect.arrayContaining(theirs))
  })

  it('that were mistyped are noticed, and others are none of ours', () => {
    const given = [
      'DATABSE_URL',
      'ZATCA_ENVIRONMENT',
      'WORKER',
      'DEBUG',
      'HOME',
      'HOSTNAME',
      'PATH',
      'RATE_LIMITS',
      'LANG',
    ]
    expect(unknownSettings(given, settingNames)).toEqual([
      { name: 'DATABSE_URL', meant: 'DATABASE_URL' },
      { name: 'WORKER', meant: 'WORKERS' },
      { name: 'RATE_LIMITS', meant: 'RATE_LIMIT' },
    ])
  })
})
