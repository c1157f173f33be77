/** `khatm backup`: an encrypted copy of the whole office, taken while it works, opened again and proved. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { runBackup } from '#core/backup/backup.ts'
import { backupName } from '#core/backup/schedule.ts'
import { failures } from '#core/errors.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { systemClock, systemIds } from '#core/keys/system.ts'
import { message } from '#core/messages/index.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { version } from '#core/system/version.ts'
import { readConfig } from '../../server/config.ts'
import { takenAlong } from '../../server/keys.ts'
import { commandLineActor } from '../actor.ts'
import { backupKey } from '../backup-key.ts'
import type { Run } from '../command.ts'
import { addressOf, existingDatabase, folderOf, officeEncryption } from '../databases.ts'
import { quietLog } from '../log.ts'
import { progress } from '../progress.ts'
import type { Bilingual } from '../terminal.ts'

const good: Bilingual = {
  en: 'documents, opened again and every link proved',
  ar: 'مستندًا، فُتحت النسخة وأُثبت كل تسلسلها',
}
const withoutKeys: Bilingual = {
  en: 'The key-encryption key of this office is not here, so the private keys stay wrapped by it: on another machine the units have to be onboarded anew.',
  ar: 'مفتاح حماية المفاتيح الخاص بهذا المكتب غير متاح هنا، فبقيت المفاتيح الخاصة محمية به: على جهاز آخر يلزم إعادة ربط الوحدات.',
}

export const run: Run = async (invocation, terminal) => {
  const { out, err, language } = terminal
  const key = await backupKey(invocation)
  const address = addressOf(invocation.text('database'))
  const folder = folderOf(address)
  const storage = await existingDatabase(address).open()
  try {
    const office = await officeEncryption(folder, false)
    if (office === undefined) err(withoutKeys[language])
    const ports = { storage, clock: systemClock, ids: systemIds, log: quietLog }
    const result = await runBackup(ports, {
      file: fileIn(invocation.text('out') ?? ''),
      openKey: async () => key,
      program: version,
      actor: commandLineActor(),
      scratch: folder,
      databaseAt,
      rewrapBy:
        office &&
        ((wrappingKey) => rewrapping(office, backupEncryption(wrappingKey), takenAlong(readConfig(process.env)))),
      onProgress: progress(terminal),
    })
    if (invocation.flag('json')) out(JSON.stringify(result))
    else if (result.verified) out(`${result.target}: ${result.bytes} B, ${result.documents} ${good[language]}`)
    else err(`${message(codeOf(result.problem), language)} [${result.problem}]`)
    return result.verified ? 0 : 1
  } finally {
    await storage.close()
  }
}

/** In a folder it gets a name with the moment. */
const fileIn = (out: string): string =>
  statSync(out, { throwIfNoEntry: false })?.isDirectory() ? join(out, backupName(systemClock.now())) : out

const codeOf = (problem: string | undefined): keyof typeof failures => {
  const known = Object.keys(failures).find((code): code is keyof typeof failures => code === problem)
  return known ?? 'internal/unexpected'
}
