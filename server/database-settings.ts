/** The settings of the database: where it is, who owns its tables, and how far its server has to prove itself. */
import { z } from 'zod'
import { isOnThisMachine, type TlsMode, tlsModeOf, withTls } from '#core/storage/postgres-address.ts'
import { type Contradiction, refuseContradictions, settingsRefused } from './config-problem.ts'

const address = z.url({ protocol: /^postgres(ql)?$/ }).optional()

export const databaseSettings = {
  /** `postgres://...`; without it SQLite in DATA_DIR */
  DATABASE_URL: address,
  /** The same database as the owner of its tables, past any pooler: migrations run under it; the role of DATABASE_URL only works on them */
  MIGRATION_DATABASE_URL: address,
  /** Default: `verify` in production, unless the database is on the same machine; in clear elsewhere */
  DATABASE_TLS: z.enum(['off', 'require', 'verify']).optional(),
  /** The authority that signed the certificate of the database; default: those that Node trusts */
  DATABASE_CA_FILE: z.string().optional(),
}

const schema = z.object(databaseSettings)
type DatabaseSettings = z.infer<typeof schema> & { readonly ENVIRONMENT_NAME: string }

export interface DatabaseAddresses {
  readonly databaseUrl: string | undefined
  /** Absent: the role of `databaseUrl` owns the tables, or somebody else migrates */
  readonly migrationUrl: string | undefined
}

/** Both addresses with what is said of TLS in them. */
export const databaseAddresses = (is: DatabaseSettings): DatabaseAddresses => ({
  databaseUrl: reached(is, is.DATABASE_URL),
  migrationUrl: reached(is, is.MIGRATION_DATABASE_URL),
})

const reached = (is: DatabaseSettings, url: string | undefined): string | undefined => {
  if (url === undefined) return undefined
  const mode = modeOf(is, url)
  return mode === undefined || mode === 'unclear' ? url : withTls(url, mode, is.DATABASE_CA_FILE)
}

const modeOf = (is: DatabaseSettings, url: string): TlsMode | 'unclear' | undefined =>
  is.DATABASE_TLS ?? tlsModeOf(url) ?? (hasToProveItself(is, url) ? 'verify' : undefined)

const hasToProveItself = ({ ENVIRONMENT_NAME }: DatabaseSettings, url: string): boolean =>
  ENVIRONMENT_NAME === 'production' && !isOnThisMachine(url)

const urls = (is: DatabaseSettings): readonly string[] =>
  [is.DATABASE_URL, is.MIGRATION_DATABASE_URL].filter((url) => url !== undefined)

/** The address and the setting say different things. */
const isTwoMinded = (is: DatabaseSettings, url: string): boolean => {
  const said = tlsModeOf(url)
  return is.DATABASE_TLS !== undefined && said !== undefined && said !== is.DATABASE_TLS
}

export const databaseContradictions: readonly Contradiction<[DatabaseSettings]>[] = [
  {
    setting: 'DATABASE_URL',
    applies: (is) => is.ENVIRONMENT_NAME === 'production' && is.DATABASE_URL === undefined,
    message: 'A production server needs Postgres: set DATABASE_URL to postgres://... .',
    message_ar: 'يحتاج خادم الإنتاج إلى قاعدة بيانات Postgres: حدّد عنوانها في DATABASE_URL بصيغة postgres://... .',
  },
  {
    setting: 'MIGRATION_DATABASE_URL',
    applies: (is) => is.MIGRATION_DATABASE_URL !== undefined && is.DATABASE_URL === undefined,
    message: 'MIGRATION_DATABASE_URL is the owner of a database that nobody works on: set DATABASE_URL as well.',
    message_ar:
      'حُدّد مالك قاعدة البيانات في MIGRATION_DATABASE_URL دون المستخدم الذي يعمل عليها: حدّد DATABASE_URL أيضًا.',
  },
  {
    setting: 'DATABASE_URL',
    applies: (is) => urls(is).some((url) => tlsModeOf(url) === 'unclear'),
    message:
      'DATABASE_URL has an ssl or sslmode that does not say whether the server is verified: write sslmode=verify-full, require or disable.',
    message_ar:
      'في DATABASE_URL خيار ssl أو sslmode لا يحدد هل يُتحقق من الخادم: اكتب sslmode=verify-full أو require أو disable.',
  },
  {
    setting: 'DATABASE_TLS',
    applies: (is) => urls(is).some((url) => isTwoMinded(is, url)),
    message: 'DATABASE_TLS and the sslmode of the address say different things: remove one of the two.',
    message_ar: 'قيمة DATABASE_TLS تخالف sslmode المذكور في العنوان: احذف أحدهما.',
  },
  {
    setting: 'DATABASE_TLS',
    applies: (is) => urls(is).some((url) => hasToProveItself(is, url) && modeOf(is, url) !== 'verify'),
    message:
      'A production server verifies its database over the network: set DATABASE_TLS to verify and name the authority in DATABASE_CA_FILE.',
    message_ar:
      'يتحقق خادم الإنتاج من هوية قاعدة بياناته على الشبكة: اجعل DATABASE_TLS بقيمة verify واذكر ملف الجهة المصدِّقة في DATABASE_CA_FILE.',
  },
  {
    setting: 'DATABASE_CA_FILE',
    applies: (is) => is.DATABASE_CA_FILE !== undefined && !urls(is).some((url) => modeOf(is, url) === 'verify'),
    message: 'DATABASE_CA_FILE is read only to verify the database: set DATABASE_TLS to verify, or remove it.',
    message_ar: 'لا يُقرأ DATABASE_CA_FILE إلا للتحقق من قاعدة البيانات: اجعل DATABASE_TLS بقيمة verify أو احذفه.',
  },
]

const alone = schema.extend({ ENVIRONMENT_NAME: z.string().default('development') })

/** For the command line: the database as the server of this environment reaches it. Throws `config/invalid`. */
export const readDatabase = (environment: Readonly<Record<string, string | undefined>>): DatabaseAddresses => {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  if (given['DATABASE_URL'] === undefined) return { databaseUrl: undefined, migrationUrl: undefined }
  const parsed = alone.safeParse(given)
  if (!parsed.success) throw settingsRefused()
  refuseContradictions(databaseContradictions, parsed.data)
  return databaseAddresses(parsed.data)
}
