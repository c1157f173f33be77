/** `khatm export-archive`: the signed and the cleared files of a company and period, with a manifest, for an inspector or a safe. */
import { Failure } from '#core/errors.ts'
import { folderBlobs } from '#core/system/folder-blobs.ts'
import { exportArchive } from '#core/workflow/archiving/archive-export.ts'
import type { Run } from '../command.ts'
import { addressOf, existingDatabase } from '../databases.ts'
import { assertEmptyFolder } from '../files.ts'
import { progress } from '../progress.ts'
import type { Bilingual } from '../terminal.ts'

const texts = {
  copied: {
    en: 'documents, {files} files; check them with: sha256sum -c SHA256SUMS',
    ar: 'مستندًا، {files} ملفًا؛ للتحقق منها: sha256sum -c SHA256SUMS',
  },
  verify: { en: 'Prove them with: khatm verify-archive', ar: 'ولإثباتها: khatm verify-archive' },
} as const satisfies Record<string, Bilingual>

export const run: Run = async (invocation, terminal) => {
  const [folder = ''] = invocation.operands
  await assertEmptyFolder(folder)
  const storage = await existingDatabase(addressOf(invocation.text('database'))).open()
  try {
    const [issuedFrom, issuedTo] = [dayOf(invocation.text('from'), '--from'), dayOf(invocation.text('to'), '--to')]
    const options = { companyId: invocation.text('company'), issuedFrom, issuedTo, onProgress: progress(terminal) }
    const { documents, files } = await exportArchive({ storage, blobs: folderBlobs(folder) }, options)
    const partial = issuedFrom === undefined && issuedTo === undefined ? '' : ' --partial'
    terminal.out(`${documents} ${texts.copied[terminal.language].replace('{files}', String(files))}`)
    terminal.out(`${texts.verify[terminal.language]} ${folder}${partial}`)
    return 0
  } finally {
    await storage.close()
  }
}

const dayOf = (text: string | undefined, option: string): string | undefined => {
  if (text === undefined || /^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  throw new Failure('usage/invalid-value', { details: { option, value: text } })
}
