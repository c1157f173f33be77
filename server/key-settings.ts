/** The settings of the key-encryption key: the current one, those of before, and every way in which they can contradict each other. */
import { z } from 'zod'
import type { Pkcs11Options } from '#core/keys/pkcs11.ts'
import type { Contradiction } from './config-problem.ts'

const passphrase = z.string().min(16).optional()
const text = z.string().optional()

export const keySettings = {
  /** A mounted file, a passphrase or a security module: exactly one of them protects the keys */
  KEY_FILE: text,
  KEY_PASSPHRASE: passphrase,
  /** The vendor's library, the token's label, a file with its PIN, and the label of the AES key (default: khatm) */
  PKCS11_MODULE: text,
  PKCS11_TOKEN: text,
  PKCS11_PIN_FILE: text,
  PKCS11_KEY: text,
  /** Keys of before, which open what they wrapped until `khatm keys rewrap` has been through; what is not said is as above */
  PREVIOUS_KEY_FILE: text,
  PREVIOUS_KEY_PASSPHRASE: passphrase,
  PREVIOUS_PKCS11_MODULE: text,
  PREVIOUS_PKCS11_TOKEN: text,
  PREVIOUS_PKCS11_PIN_FILE: text,
  PREVIOUS_PKCS11_KEY: text,
}

const schema = z.object(keySettings)
type KeySettings = z.infer<typeof schema>

export type KeySource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'pkcs11'; readonly options: Pkcs11Options }

export interface KeySources {
  /** Undefined outside production: a file in DATA_DIR, made by the server */
  readonly current: KeySource | undefined
  readonly previous: readonly KeySource[]
}

export const keySources = (is: KeySettings): KeySources => ({
  current: [...fileSource(is.KEY_FILE), ...passphraseSource(is.KEY_PASSPHRASE), ...moduleSource(currentModule(is))][0],
  previous: [
    ...fileSource(is.PREVIOUS_KEY_FILE),
    ...passphraseSource(is.PREVIOUS_KEY_PASSPHRASE),
    ...moduleSource(previousModule(is)),
  ],
})

const fileSource = (file: string | undefined): readonly KeySource[] =>
  file === undefined ? [] : [{ kind: 'file', file }]

const passphraseSource = (given: string | undefined): readonly KeySource[] =>
  given === undefined ? [] : [{ kind: 'passphrase', passphrase: given }]

const moduleSource = (options: Pkcs11Options | 'incomplete' | undefined): readonly KeySource[] =>
  options === undefined || options === 'incomplete' ? [] : [{ kind: 'pkcs11', options }]

interface ModuleSettings {
  readonly module: string | undefined
  readonly token: string | undefined
  readonly pinFile: string | undefined
  readonly key: string | undefined
}

const currentOf = (is: KeySettings): ModuleSettings => ({
  module: is.PKCS11_MODULE,
  token: is.PKCS11_TOKEN,
  pinFile: is.PKCS11_PIN_FILE,
  key: is.PKCS11_KEY,
})

const currentModule = (is: KeySettings) => complete(currentOf(is))

const previousModule = (is: KeySettings) => {
  const own: ModuleSettings = {
    module: is.PREVIOUS_PKCS11_MODULE,
    token: is.PREVIOUS_PKCS11_TOKEN,
    pinFile: is.PREVIOUS_PKCS11_PIN_FILE,
    key: is.PREVIOUS_PKCS11_KEY,
  }
  if (Object.values(own).every((setting) => setting === undefined)) return undefined
  const current = currentOf(is)
  return complete({
    module: own.module ?? current.module,
    token: own.token ?? current.token,
    pinFile: own.pinFile ?? current.pinFile,
    key: own.key ?? current.key,
  })
}

const complete = ({ module, token, pinFile, key }: ModuleSettings): Pkcs11Options | 'incomplete' | undefined => {
  if ([module, token, pinFile, key].every((setting) => setting === undefined)) return undefined
  if (module === undefined || token === undefined || pinFile === undefined) return 'incomplete'
  return { module, token, pinFile, key: key ?? 'khatm' }
}

const given = (is: KeySettings): number =>
  [is.KEY_FILE, is.KEY_PASSPHRASE, currentModule(is)].filter((setting) => setting !== undefined).length

const isTheSame = (is: KeySettings): boolean => {
  const { current, previous } = keySources(is)
  return previous.some((source) => JSON.stringify(source) === JSON.stringify(current))
}

type Applies = (settings: KeySettings & { readonly ENVIRONMENT_NAME: string }) => boolean

export const keyContradictions: readonly Contradiction<Parameters<Applies>>[] = [
  {
    setting: 'KEY_FILE',
    applies: (is) => given(is) > 1,
    message:
      'Of KEY_FILE, KEY_PASSPHRASE and PKCS11_MODULE more than one is set: keep the one that protects the keys. A key of before belongs into PREVIOUS_KEY_FILE, PREVIOUS_KEY_PASSPHRASE or PREVIOUS_PKCS11_MODULE.',
    message_ar:
      'حُدّد أكثر من واحد من KEY_FILE و KEY_PASSPHRASE و PKCS11_MODULE: أبقِ ما تُحمى به المفاتيح، وانقل المفتاح السابق إلى PREVIOUS_KEY_FILE أو PREVIOUS_KEY_PASSPHRASE أو PREVIOUS_PKCS11_MODULE.',
  },
  {
    setting: 'KEY_FILE',
    applies: (is) => is.ENVIRONMENT_NAME === 'production' && given(is) === 0,
    message: 'A production server needs a key to protect the private keys: mount a file and name it in KEY_FILE.',
    message_ar: 'يحتاج خادم الإنتاج إلى مفتاح يحمي المفاتيح الخاصة: اربط ملفًا بالخادم واذكر مساره في KEY_FILE.',
  },
  {
    setting: 'PKCS11_MODULE',
    applies: (is) => currentModule(is) === 'incomplete',
    message: 'A security module needs three settings: PKCS11_MODULE, PKCS11_TOKEN and PKCS11_PIN_FILE.',
    message_ar: 'تحتاج وحدة الأمان إلى ثلاثة إعدادات: PKCS11_MODULE و PKCS11_TOKEN و PKCS11_PIN_FILE.',
  },
  {
    setting: 'PREVIOUS_PKCS11_MODULE',
    applies: (is) => previousModule(is) === 'incomplete',
    message:
      'The security module of before is not complete: set PREVIOUS_PKCS11_MODULE, PREVIOUS_PKCS11_TOKEN and PREVIOUS_PKCS11_PIN_FILE.',
    message_ar:
      'إعدادات وحدة الأمان السابقة ناقصة: حدّد PREVIOUS_PKCS11_MODULE و PREVIOUS_PKCS11_TOKEN و PREVIOUS_PKCS11_PIN_FILE.',
  },
  {
    setting: 'PREVIOUS_KEY_FILE',
    applies: isTheSame,
    message:
      'The key of before is the same as the current one: name the new key in the current setting, or remove PREVIOUS_... .',
    message_ar: 'المفتاح السابق هو نفسه المفتاح الحالي: اذكر المفتاح الجديد في الإعداد الحالي، أو احذف إعداد PREVIOUS.',
  },
]
