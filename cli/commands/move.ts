/** `khatm move`: the whole office from one database into another, SQLite or Postgres, proved before and after. */
import { mkdir } from 'node:fs/promises'
import { moveDatabase } from '#core/backup/move.ts'
import { rewrapping } from '#core/keys/rewrapping.ts'
import { systemClock } from '#core/keys/system.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { readConfig } from '../../server/config.ts'
import { takenAlong } from '../../server/keys.ts'
import { commandLineActor } from '../actor.ts'
import type { Run } from '../command.ts'
import { existingDatabase, folderOf, officeEncryption } from '../databases.ts'
import { progress } from '../progress.ts'
import { table } from '../table.ts'
import type { Bilingual } from '../terminal.ts'

const texts = {
  moved: { en: 'documents moved, every link proved before and after', ar: 'مستندًا نُقلت وأُثبت تسلسلها قبل النقل وبعده' },
  closed: {
    en: 'The old database issues nothing any more; keep it until the next backup of the new one is good.',
    ar: 'قاعدة البيانات السابقة لم تعد تصدر مستندات؛ احتفظ بها حتى تنجح أول نسخة احتياطية من الجديدة.',
  },
  table: { en: 'Table', ar: 'الجدول' },
  rows: { en: 'Rows', ar: 'الصفوف' },
} as const satisfies Record<string, Bilingual>

export const run: Run = async (invocation, terminal) => {
  const { out, err, language } = terminal
  const [source, target] = [invocation.text('from') ?? '', invocation.text('to') ?? '']
  const from = existingDatabase(source)
  const config = readConfig(process.env)
  const [oldFolder, newFolder] = [folderOf(source), folderOf(target)]
  await mkdir(newFolder, { recursive: true })
  const old = await officeEncryption(oldFolder, false)
  const next = old && (await officeEncryption(newFolder, true))
  const moved = await moveDatabase({
    from,
    to: databaseAt(target),
    clock: systemClock,
    actor: commandLineActor(),
    rewrapping: old && next && old.provider !== next.provider ? rewrapping(old, next, takenAlong(config)) : undefined,
    onProgress: progress(terminal),
  })
  if (invocation.flag('json')) out(JSON.stringify(moved))
  else {
    const rows = Object.entries(moved.tally).map(([name, { rows, sha256 }]) => [name, String(rows), sha256])
    for (const line of table([texts.table[language], texts.rows[language], 'SHA-256'], rows)) out(line)
    out(`${moved.documents} ${texts.moved[language]}`)
  }
  err(texts.closed[language])
  return 0
}
