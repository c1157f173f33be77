/** `khatm keys`: what protects the private keys, and how one protection is exchanged for another while the server goes on. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '#core/errors.ts'
import { keyUse } from '#core/keys/key-use.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import { systemClock } from '#core/keys/system.ts'
import type { KeyEncryption, Storage } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { rewrapAll } from '#core/workflow/rewrap.ts'
import { type Config, readConfig } from '../../server/config.ts'
import { keyEncryption, openEnvelopes } from '../../server/keys.ts'
import { commandLineActor } from '../actor.ts'
import type { Run } from '../command.ts'
import { table } from '../table.ts'
import type { Bilingual, Terminal } from '../terminal.ts'

type Action = (config: Config, terminal: Terminal) => Promise<0 | 1>

/** The settings are the server's own: run it where the server runs, as the server's user. */
export const run: Run = async (invocation, terminal) => {
  const [name = ''] = invocation.operands
  const action = actions.get(name)
  if (action === undefined) throw new Failure('usage/invalid-value', { details: { option: 'keys', value: name } })
  return action(readConfig(process.env), terminal)
}

const words = {
  provider: { en: 'key-encryption key', ar: 'المفتاح الحامي' },
  keys: { en: 'private keys', ar: 'المفاتيح الخاصة' },
  secrets: { en: 'CSID secrets', ar: 'أسرار الشهادات' },
  place: { en: 'setting', ar: 'الإعداد' },
  current: { en: 'current', ar: 'الحالي' },
  previous: { en: 'of before', ar: 'سابق' },
  missing: { en: 'not at hand', ar: 'غير متاح' },
  done: { en: 'Everything is under the current key.', ar: 'كل المفاتيح محمية بالمفتاح الحالي.' },
  open: {
    en: 'Not everything is under the current key: run khatm keys rewrap before a key of before is taken away.',
    ar: 'لم تنتقل كل المفاتيح إلى المفتاح الحالي: شغّل khatm keys rewrap قبل إزالة أي مفتاح سابق.',
  },
  rewrapped: { en: 'wrapped anew', ar: 'نُقلت إلى المفتاح الحالي' },
  unchanged: { en: 'were already', ar: 'كانت محمية به' },
  failed: { en: 'not opened, left as they were', ar: 'تعذر فتحها وبقيت كما هي' },
  made: { en: 'made in the token', ar: 'أُنشئ المفتاح داخل وحدة الأمان' },
} as const satisfies Record<string, Bilingual>

/** Exit code 1 while something is under another key than the current one. */
const status: Action = (config, { out, language }) =>
  withStorage(config, async (storage) => {
    const encryption = await keyEncryption(config)
    const use = await keyUse(storage.read)
    const rows = use.map(({ provider, keys, secrets }) => {
      return [provider, String(keys), String(secrets), words[placeOf(encryption, provider)][language]]
    })
    const heading = [words.provider, words.keys, words.secrets, words.place].map((word) => word[language])
    for (const line of table(heading, rows)) out(line)
    const done = use.every(({ provider }) => provider === encryption.provider)
    out(words[done ? 'done' : 'open'][language])
    return done ? 0 : 1
  })

const placeOf = (encryption: KeyEncryption, provider: string): 'current' | 'previous' | 'missing' => {
  if (provider === encryption.provider) return 'current'
  return encryption.previous?.some((key) => key.provider === provider) ? 'previous' : 'missing'
}

const rewrap: Action = (config, { out, err, language }) =>
  withStorage(config, async (storage) => {
    const encryption = await keyEncryption(config)
    const ports = { storage, clock: systemClock }
    const { keys, secrets, unchanged, failed } = await rewrapAll(
      ports,
      rewrapping(encryption, encryption, openEnvelopes(config)),
      commandLineActor(),
    )
    out(
      `${encryption.provider}: ${words.rewrapped[language]} ${keys + secrets}, ${words.unchanged[language]} ${unchanged}`,
    )
    for (const { kind, id, code } of failed) err(`${words.failed[language]}: ${kind} ${id} [${code}]`)
    return failed.length === 0 ? 0 : 1
  })

const create: Action = async ({ keys: { current } }, { out, language }) => {
  if (current?.kind !== 'pkcs11') throw new Failure('usage/missing-option', { details: { option: 'PKCS11_MODULE' } })
  const { makePkcs11Key, pkcs11Encryption } = await import('#core/keys/pkcs11.ts')
  await makePkcs11Key(current.options)
  out(`${words.made[language]}: ${(await pkcs11Encryption(current.options)).provider}`)
  return 0
}

const actions: ReadonlyMap<string, Action> = new Map(Object.entries({ status, rewrap, create }))

/** Beside a running server: each page is one short transaction. */
const withStorage = async (config: Config, work: (storage: Storage) => Promise<0 | 1>): Promise<0 | 1> => {
  const file = join(config.dataDir, 'khatm.sqlite')
  if (config.databaseUrl === undefined && !existsSync(file))
    throw new Failure('usage/unreadable-file', { details: { file } })
  const storage = await databaseAt(config.databaseUrl ?? file).open()
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}
