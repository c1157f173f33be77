/** `khatm evidence`: everything about one document in a folder, for support, an inspector or a court. */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { actorsOf } from '#core/api/handlers/actors.ts'
import { evidenceView } from '#core/api/handlers/evidence-view.ts'
import { Failure } from '#core/errors.ts'
import { systemClock } from '#core/keys/system.ts'
import type { DocumentStatus, Reader } from '#core/ports.ts'
import { version } from '#core/system/version.ts'
import { evidenceBundle } from '#core/workflow/proving/evidence-bundle.ts'
import type { Run } from '../command.ts'
import { addressOf, existingDatabase } from '../databases.ts'
import { brokenProofs, evidenceFiles } from '../evidence-files.ts'
import { assertEmptyFolder, writeOutput } from '../files.ts'
import type { Bilingual, Terminal } from '../terminal.ts'

const texts = {
  several: {
    en: 'Several documents have this number; name one by its id:',
    ar: 'لأكثر من مستند هذا الرقم، فحدّد أحدها بمعرّفه:',
  },
  written: { en: 'files', ar: 'ملفات' },
  broken: { en: 'Proofs that do not hold', ar: 'نتائج فحص غير سليمة' },
} as const satisfies Record<string, Bilingual>

export const run: Run = async (invocation, terminal) => {
  const [name = ''] = invocation.operands
  const folder = invocation.text('out') ?? ''
  const storage = await existingDatabase(addressOf(invocation.text('database'))).open()
  try {
    const status = await theOne(storage.read, name, terminal)
    const bundle = await evidenceBundle({ storage }, status.document.id)
    const evidence = evidenceView({ clock: systemClock, version }, bundle, await actorsOf(storage.read))
    await assertEmptyFolder(folder)
    const files = evidenceFiles(evidence)
    for (const { path, bytes } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeOutput(join(folder, path), bytes)
    }
    terminal.out(`${folder}: ${files.length} ${texts.written[terminal.language]}`)
    const broken = brokenProofs(evidence)
    if (broken.length > 0) terminal.err(`${texts.broken[terminal.language]}: ${broken.join(', ')}`)
    return broken.length === 0 ? 0 : 1
  } finally {
    await storage.close()
  }
}

const most = 20

/** By id, number or UUID. A number may have several: those that were rejected and corrected, or those of other companies. */
const theOne = async (read: Reader, name: string, { err, language }: Terminal): Promise<DocumentStatus> => {
  const found = await named(read, name)
  const [first] = found
  if (first === undefined) throw new Failure('document/not-found', { details: { document: name } })
  if (found.length === 1) return first
  err(texts.several[language])
  for (const { document, state } of found)
    err(`${document.id}  ${document.environment}  ICV ${document.icv}  ${document.sealedAt}  ${state}`)
  throw new Failure('usage/invalid-value', { details: { option: 'DOCUMENT', value: name } })
}

const named = async (read: Reader, name: string): Promise<readonly DocumentStatus[]> => {
  const byId = await read.documentStatus(name)
  if (byId !== undefined) return [byId]
  const { rows } = await read.documents({ number: name, limit: most })
  if (rows.length > 0) return rows
  const similar = await read.documents({ search: name, limit: most })
  return similar.rows.filter(({ document }) => document.uuid === name.toLowerCase())
}
