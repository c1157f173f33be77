/** `khatm restore`: a backup into an empty database, then the comparison with anchors and archive; or only the drill. */

import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { proveBackup } from '#core/backup/backup.ts'
import { restoreBackup } from '#core/backup/restore.ts'
import { Failure } from '#core/errors.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { systemClock } from '#core/keys/system.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { commandLineActor } from '../actor.ts'
import { auditLines } from '../audit-text.ts'
import { backupKey } from '../backup-key.ts'
import type { Invocation, Run } from '../command.ts'
import { folderOf, officeEncryption } from '../databases.ts'
import { assertReadable } from '../files.ts'
import { progress } from '../progress.ts'
import { reconcile } from '../reconciling.ts'
import type { Bilingual, Terminal } from '../terminal.ts'

const texts = {
  takenAt: { en: 'taken', ar: 'تاريخ النسخة' },
  restored: { en: 'restored', ar: 'تمت الاستعادة' },
  keysGone: {
    en: 'The private keys of this backup are wrapped by the key-encryption key of the office it was taken from. Without that key the units have to be onboarded anew.',
    ar: 'المفاتيح الخاصة في هذه النسخة محمية بمفتاح المكتب الذي أُخذت منه. من دون ذلك المفتاح يلزم إعادة ربط الوحدات.',
  },
  keysLeft: { en: 'Keys and secrets that could not be brought back', ar: 'مفاتيح تعذّر استرجاعها' },
} as const satisfies Record<string, Bilingual>

export const run: Run = async (invocation, terminal) => {
  const [file = ''] = invocation.operands
  await assertReadable(file)
  return invocation.flag('verify') ? drill(file, invocation, terminal) : restore(file, invocation, terminal)
}

/** Decrypts and proves in a folder that is emptied again; the office is neither needed nor touched. */
const drill = async (file: string, invocation: Invocation, terminal: Terminal) => {
  const key = await backupKey(invocation)
  const proven = await proveBackup({ file, key, scratch: tmpdir(), databaseAt, onProgress: progress(terminal) })
  if (invocation.flag('json')) terminal.out(JSON.stringify(proven))
  else {
    terminal.out(`${texts.takenAt[terminal.language]}: ${proven.head.takenAt}`)
    for (const line of auditLines(proven.audit, terminal.language)) terminal.out(line)
  }
  return proven.audit.ok ? 0 : 1
}

const restore = async (file: string, invocation: Invocation, terminal: Terminal) => {
  const { err, language } = terminal
  const address = invocation.text('to')
  if (address === undefined) throw new Failure('usage/missing-option', { details: { option: '--to' } })
  const key = await backupKey(invocation)
  const folder = folderOf(address)
  await mkdir(folder, { recursive: true })
  const office = await officeEncryption(folder, true)
  const to = databaseAt(address)
  const { head, keys } = await restoreBackup({
    file,
    key,
    to,
    clock: systemClock,
    actor: commandLineActor(),
    rewrapBy: office && ((wrappingKey) => rewrapping(backupEncryption(wrappingKey), office)),
  })
  err(`${to.address}: ${texts.restored[language]}, ${texts.takenAt[language]} ${head.takenAt}`)
  if (head.keys !== 'in-backup') err(texts.keysGone[language])
  if (keys !== undefined && keys.failed.length > 0) err(`${texts.keysLeft[language]}: ${keys.failed.length}`)
  return reconcile(to, folder, invocation, terminal)
}
