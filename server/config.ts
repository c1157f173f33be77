/** What the server is told by its environment: checked as a whole before anything starts, with a sentence for every mistake. */
import { join } from 'node:path'
import { z } from 'zod'
import { parseSubnet } from '#core/courier/addresses.ts'
import type { CourierOptions } from '#core/courier/courier.ts'
import type { Environment } from '#core/vocabulary.ts'
import { type CertStore, certStoreContradictions, certStoreOf, certStoreSettings } from './cert-store-settings.ts'
import { type ConfigProblem, type Contradiction, refuseContradictions, settingsRefused } from './config-problem.ts'
import {
  type DatabaseAddresses,
  databaseAddresses,
  databaseContradictions,
  databaseSettings,
} from './database-settings.ts'
import { type KeySources, keyContradictions, keySettings, keySources } from './key-settings.ts'
import type { Allowances, LimitStore } from './limits.ts'
import { type OidcConfig, oidcContradictions, oidcOf, oidcSettings } from './oidc-settings.ts'
import { processors } from './processors.ts'
import { samplerNames, type TracingConfig, tracingOf, tracingSettings } from './tracing-settings.ts'
import { type ServerRole, type Shares, sharesOf, workerContradictions, workerSettings } from './worker-settings.ts'

const upperCase = z.string().transform((word) => word.toUpperCase())
const lowerCase = z.string().transform((word) => word.toLowerCase())
/** As the environments of other programs write it: `True`, `on`, `0`... */
const flag = lowerCase
  .pipe(z.enum(['true', 'false', '1', '0', 'on', 'off', 'yes', 'no']))
  .transform((word) => ['true', '1', 'on', 'yes'].includes(word))

/** The predecessor's names stay valid; an empty value counts as absent. */
const settings = z.object({
  ENVIRONMENT_NAME: z.enum(['development', 'staging', 'production']).default('development'),
  /** Log more than a production server may: addresses as they were typed */
  DEBUG: flag.default(false),
  /** Serve the OpenAPI document; default: everywhere but in production */
  ENABLE_DOCS: flag.optional(),
  /** The default for new units and the highest environment allowed */
  ZATCA_ENV: upperCase.pipe(z.enum(['PRACTICE', 'SANDBOX', 'SIMULATION', 'PRODUCTION'])).optional(),
  ...workerSettings,
  ...databaseSettings,
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Figures for Prometheus at `/metrics`; none without it. Never behind the public address */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  METRICS_HOST: z.string().optional(),
  ...tracingSettings,
  /** Where requests are counted: one process, or all replicas together */
  RATE_LIMIT_STORE: z.enum(['memory', 'postgres', 'redis']).default('memory'),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Requests, and sign-ins, of one address in a minute */
  RATE_LIMIT: z.coerce.number().int().min(1).default(1200),
  RATE_LIMIT_SIGN_IN: z.coerce.number().int().min(1).default(20),
  /** Requests with one key in a minute */
  RATE_LIMIT_KEY: z.coerce.number().int().min(1).default(600),
  DATA_DIR: z.string().default('data'),
  /** Volumes that keep the heads of the chains outside the database, separated by commas; default: `anchors` in DATA_DIR */
  ANCHOR_DIR: z
    .string()
    .transform((list) => list.split(',').map((folder) => folder.trim()))
    .optional(),
  /** Where daily backups go, with one of the two keys: 32 bytes in base64, or a passphrase, each in a mounted file */
  BACKUP_DIR: z.string().optional(),
  BACKUP_KEY_FILE: z.string().optional(),
  BACKUP_PASSPHRASE_FILE: z.string().optional(),
  /** Hour in Riyadh, and how many files stay */
  BACKUP_HOUR: z.coerce.number().int().min(0).max(23).default(2),
  BACKUP_KEEP: z.coerce.number().int().min(1).default(14),
  /** The address that people type; decides cookies, Origin checks and HSTS */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Addresses of the balancer, separated by commas; nothing else is trusted */
  TRUST_PROXY: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .optional(),
  /** Addresses and subnets inside the network that webhooks may lead to, separated by commas; without it only public ones */
  WEBHOOK_ALLOW: z
    .string()
    .transform((list) => list.split(',').map((address) => address.trim()))
    .refine((list) => list.every((address) => parseSubnet(address) !== undefined))
    .optional(),
  /** A file with the token for the first account, for those who do not read what a server prints when it starts */
  SETUP_TOKEN_FILE: z.string().optional(),
  ...keySettings,
  ...certStoreSettings,
  ...oidcSettings,
  /** Run the practice gateway inside; default: everywhere but in production */
  PRACTICE: flag.optional(),
  /** A practice gateway that runs elsewhere (`khatm practice`): replicas rehearse on one together */
  PRACTICE_URL: z.url({ protocol: /^http$/ }).optional(),
})

type Settings = z.infer<typeof settings>

/** Every setting by its name in the environment. */
export const settingNames: readonly string[] = Object.keys(settings.shape)

export interface Config extends Shares, DatabaseAddresses {
  readonly production: boolean
  /** Serves people and programs, works in the background, or both */
  readonly role: ServerRole
  readonly debug: boolean
  readonly docs: boolean
  /** Where rehearsals go: a gateway started inside, or one that runs elsewhere */
  readonly practice: 'inside' | { readonly url: string } | undefined
  /** Those in which new units may be made; the first is the default */
  readonly environments: readonly Environment[]
  readonly dataDir: string
  readonly host: string
  readonly port: number
  /** Where Prometheus asks; undefined when nobody does */
  readonly metrics: { readonly host: string; readonly port: number } | undefined
  /** Traces go to a collector; undefined when nobody collects them */
  readonly tracing: TracingConfig | undefined
  readonly limits: { readonly store: LimitStore; readonly allowances: Allowances }
  readonly publicUrl: string | undefined
  readonly trustProxy: readonly string[]
  /** Where webhooks may lead */
  readonly webhooks: CourierOptions
  /** Absent: a server without an account prints a token of its own */
  readonly setUpTokenFile: string | undefined
  /** Where the key-encryption keys come from */
  readonly keys: KeySources
  /** Where the envelopes of private keys live */
  readonly certStore: CertStore
  /** The office's own sign-in service */
  readonly oidc: OidcConfig | undefined
  readonly anchorDirs: readonly string[]
  readonly backup: BackupConfig | undefined
}

export interface BackupConfig {
  readonly folder: string
  readonly keyFile: { readonly kind: 'key-file' | 'passphrase'; readonly file: string }
  readonly hour: number
  readonly keep: number
}

/** Settings that are right one by one and wrong together: each says what to change. */
export const contradictions: readonly Contradiction<[settings: Settings, processors: number]>[] = [
  {
    setting: 'DEBUG',
    applies: (is) => inProduction(is) && is.DEBUG,
    message: 'A production server does not run with DEBUG: remove DEBUG or set ENVIRONMENT_NAME to staging.',
    message_ar: 'لا يعمل خادم الإنتاج مع تفعيل DEBUG: احذف DEBUG أو اجعل ENVIRONMENT_NAME بقيمة staging.',
  },
  {
    setting: 'BACKUP_DIR',
    applies: (is) =>
      is.BACKUP_DIR !== undefined && (is.BACKUP_KEY_FILE === undefined) === (is.BACKUP_PASSPHRASE_FILE === undefined),
    message:
      'Backups need one key: mount a file and name it in BACKUP_KEY_FILE or in BACKUP_PASSPHRASE_FILE, not in both.',
    message_ar:
      'تحتاج النسخ الاحتياطية إلى مفتاح واحد: اذكر ملفه في BACKUP_KEY_FILE أو في BACKUP_PASSPHRASE_FILE وليس في كليهما.',
  },
  {
    setting: 'ZATCA_ENV',
    applies: (is) => inProduction(is) && (is.ZATCA_ENV ?? 'PRACTICE') === 'PRACTICE',
    message: 'A production server cannot default to rehearsals: set ZATCA_ENV to SIMULATION or PRODUCTION.',
    message_ar:
      'لا يصح أن تكون بيئة التدريب هي الافتراضية في خادم الإنتاج: اجعل ZATCA_ENV بقيمة SIMULATION أو PRODUCTION.',
  },
  {
    setting: 'PUBLIC_URL',
    applies: (is) => inProduction(is) && !(is.PUBLIC_URL ?? '').startsWith('https:'),
    message: 'A production server needs its https address: set PUBLIC_URL, for example https://khatm.example.sa.',
    message_ar: 'يحتاج خادم الإنتاج إلى عنوانه الآمن: حدّد PUBLIC_URL مثل https://khatm.example.sa.',
  },
  {
    setting: 'PUBLIC_URL',
    applies: (is) => !inProduction(is) && !isLoopback(is.HOST) && is.PUBLIC_URL === undefined,
    message:
      'HOST opens the server to the network: set PUBLIC_URL to the address people will type, or HOST to 127.0.0.1.',
    message_ar:
      'قيمة HOST تفتح الخادم على الشبكة: حدّد في PUBLIC_URL العنوان الذي سيكتبه المستخدمون، أو اجعل HOST بقيمة 127.0.0.1.',
  },
  {
    setting: 'PRACTICE',
    applies: (is) => is.ZATCA_ENV === 'PRACTICE' && is.PRACTICE === false,
    message: 'ZATCA_ENV is PRACTICE while PRACTICE is off: switch PRACTICE on or choose another ZATCA_ENV.',
    message_ar: 'قيمة ZATCA_ENV هي PRACTICE بينما بوابة التدريب متوقفة: فعّل PRACTICE أو اختر بيئة أخرى في ZATCA_ENV.',
  },
  {
    setting: 'REDIS_URL',
    applies: (is) => is.RATE_LIMIT_STORE === 'redis' && is.REDIS_URL === undefined,
    message: 'RATE_LIMIT_STORE is redis without an address: set REDIS_URL to redis://... .',
    message_ar: 'قيمة RATE_LIMIT_STORE هي redis دون عنوان: حدّد REDIS_URL بصيغة redis://... .',
  },
  {
    setting: 'RATE_LIMIT_STORE',
    applies: (is) => is.RATE_LIMIT_STORE === 'postgres' && is.DATABASE_URL === undefined,
    message: 'RATE_LIMIT_STORE is postgres without a Postgres database: set DATABASE_URL or choose memory.',
    message_ar: 'قيمة RATE_LIMIT_STORE هي postgres دون قاعدة بيانات Postgres: حدّد DATABASE_URL أو اختر memory.',
  },
  ...databaseContradictions,
  ...keyContradictions,
  ...certStoreContradictions,
  ...oidcContradictions,
  ...workerContradictions,
]

const inProduction = (is: Settings): boolean => is.ENVIRONMENT_NAME === 'production'
const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host)

/**
 * Reads the environment; throws `config/invalid` whose `details.problems` holds every ConfigProblem at once. `count`: the processors that
 * the work is shared out over.
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>, count = processors()): Config => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = settings.safeParse(given)
  if (!parsed.success) throw settingsRefused(...parsed.error.issues.map(({ path }) => unreadable(String(path[0]))))
  refuseContradictions(contradictions, parsed.data, count)
  return configOf(parsed.data, count)
}

/** What each setting accepts; the value itself is not repeated, it may be a passphrase. */
const accepted: Readonly<Record<string, string>> = {
  ENVIRONMENT_NAME: 'development, staging, production',
  DEBUG: 'true, false',
  ENABLE_DOCS: 'true, false',
  WEBHOOK_ALLOW: '10.0.0.7, 10.0.0.0/24',
  PRACTICE: 'true, false',
  ZATCA_ENV: 'PRACTICE, SANDBOX, SIMULATION, PRODUCTION',
  PRACTICE_URL: 'http://practice:8085',
  DATABASE_URL: 'postgres://user@host:5432/khatm',
  MIGRATION_DATABASE_URL: 'postgres://owner@host:5432/khatm',
  PORT: '0-65535',
  WORKERS: '1-64, auto, cpu*2+1',
  ROLE: 'all, api, worker',
  DATABASE_TLS: 'off, require, verify',
  DATABASE_POOL: '2-200',
  CERT_STORE: 'database, filesystem, s3',
  S3_ENDPOINT: 'https://s3.example.sa',
  OIDC_ISSUER: 'https://login.example.sa',
  OIDC_MATCH: 'assigned, email',
  RATE_LIMIT_STORE: 'memory, postgres, redis',
  REDIS_URL: 'redis://host:6379',
  METRICS_PORT: '0-65535',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces',
  OTEL_TRACES_SAMPLER: samplerNames.join(', '),
  OTEL_TRACES_SAMPLER_ARG: '0-1',
  OTEL_SDK_DISABLED: 'true, false',
  PUBLIC_URL: 'https://khatm.example.sa',
  KEY_PASSPHRASE: '≥ 16 characters',
  PREVIOUS_KEY_PASSPHRASE: '≥ 16 characters',
}

const unreadable = (setting: string): ConfigProblem => ({
  setting,
  message: `${setting} has a value that cannot be used. Accepted: ${accepted[setting] ?? '-'}.`,
  message_ar: `قيمة ${setting} غير صالحة. القيم المقبولة: ${accepted[setting] ?? '-'}.`,
})

const configOf = (is: Settings, count: number): Config => {
  const practice = is.PRACTICE ?? !inProduction(is)
  return {
    ...sharesOf(is, count),
    role: is.ROLE,
    production: inProduction(is),
    debug: is.DEBUG,
    docs: is.ENABLE_DOCS ?? !inProduction(is),
    practice: practice
      ? is.PRACTICE_URL === undefined
        ? 'inside'
        : { url: is.PRACTICE_URL.replace(/\/$/, '') }
      : undefined,
    environments: allowedEnvironments(is.ZATCA_ENV ?? 'PRACTICE', practice),
    ...databaseAddresses(is),
    dataDir: is.DATA_DIR,
    host: is.HOST,
    port: is.PORT,
    metrics: is.METRICS_PORT === undefined ? undefined : { host: is.METRICS_HOST ?? is.HOST, port: is.METRICS_PORT },
    tracing: tracingOf(is),
    limits: {
      store: limitStore(is),
      allowances: { requests: is.RATE_LIMIT, keys: is.RATE_LIMIT_KEY, signIns: is.RATE_LIMIT_SIGN_IN },
    },
    publicUrl: is.PUBLIC_URL,
    trustProxy: is.TRUST_PROXY ?? [],
    webhooks: { plain: !inProduction(is), allowed: is.WEBHOOK_ALLOW ?? [] },
    certStore: certStoreOf(is),
    oidc: oidcOf(is),
    setUpTokenFile: is.SETUP_TOKEN_FILE,
    keys: keySources(is),
    anchorDirs: is.ANCHOR_DIR ?? [join(is.DATA_DIR, 'anchors')],
    backup: backupConfig(is),
  }
}

/** The contradictions have made sure that exactly one of the two keys is there. */
const backupConfig = (is: Settings): BackupConfig | undefined => {
  if (is.BACKUP_DIR === undefined) return undefined
  const keyFile =
    is.BACKUP_KEY_FILE === undefined
      ? ({ kind: 'passphrase', file: is.BACKUP_PASSPHRASE_FILE ?? '' } as const)
      : ({ kind: 'key-file', file: is.BACKUP_KEY_FILE } as const)
  return { folder: is.BACKUP_DIR, keyFile, hour: is.BACKUP_HOUR, keep: is.BACKUP_KEEP }
}

/** The contradictions have made sure that the address of the store is there. */
const limitStore = (is: Settings): LimitStore => {
  const { RATE_LIMIT_STORE: kind, REDIS_URL = '' } = is
  if (kind === 'memory') return { kind }
  return { kind, url: kind === 'postgres' ? (databaseAddresses(is).databaseUrl ?? '') : REDIS_URL }
}

/** From the highest allowed down; rehearsals stay possible beside the real environments. */
const allowedEnvironments = (highest: Environment, practice: boolean): readonly Environment[] => {
  const ranked: readonly Environment[] = ['PRODUCTION', 'SIMULATION', 'SANDBOX', 'PRACTICE']
  return ranked.slice(ranked.indexOf(highest)).filter((environment) => environment !== 'PRACTICE' || practice)
}
