/** `khatm verify-archive`: proves a folder of signed files by itself; neither a database nor a key is needed. */
import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Failure } from '#core/errors.ts'
import { authoritiesOf } from '#core/workflow/proving/issued-by.ts'
import { type Manifest, manifestName, parseManifest } from '#core/workflow/proving/manifest.ts'
import { type ArchivedChain, type ArchiveFile, verifyArchive } from '#core/workflow/proving/verify-archive.ts'
import { assertSize } from '#core/zatca/hostile.ts'
import { problemText } from '../audit-text.ts'
import type { Run } from '../command.ts'
import { readBounded, readInput } from '../files.ts'
import { progress } from '../progress.ts'
import type { Bilingual, Language } from '../terminal.ts'

const texts = {
  files: { en: 'files', ar: 'ملفات' },
  cleared: { en: 'stamped by ZATCA', ar: 'منها مختومة من الهيئة' },
  manifest: { en: 'compared with the manifest', ar: 'مطابقة للبيان' },
  whole: { en: 'whole', ar: 'سليمة' },
  broken: { en: 'BROKEN', ar: 'مكسورة' },
  counters: { en: 'counters', ar: 'العدادات' },
  unchecked: {
    en: "NOT CHECKED: whether ZATCA issued these certificates. Anybody can make a certificate that says so; name ZATCA's CA certificates with --ca FILE.",
    ar: 'لم يُتحقق من أن الهيئة هي من أصدر هذه الشهادات، فبإمكان أي أحد إنشاء شهادة تدّعي ذلك. حدّد شهادات سلطة التصديق لدى الهيئة باستخدام ‎--ca FILE.',
  },
  nothing: { en: 'There is no signed file in this folder.', ar: 'لا يوجد ملف موقّع في هذا المجلد.' },
} as const satisfies Record<string, Bilingual>

export const run: Run = async (invocation, terminal) => {
  const [folder = ''] = invocation.operands
  const { out, err, language } = terminal
  if (!existsSync(folder)) throw new Failure('usage/unreadable-file', { details: { file: folder } })
  const manifest = await manifestIn(folder)
  const partial = invocation.flag('partial')
  const authorities = await authoritiesFrom(invocation.text('ca'))
  const report = await verifyArchive(filesIn(folder), {
    manifest,
    authorities,
    partial,
    onProgress: progress(terminal),
  })
  if (invocation.flag('json')) out(JSON.stringify(report))
  else {
    const compared = manifest === undefined ? '' : `, ${texts.manifest[language]}`
    out(`${report.files} ${texts.files[language]}, ${report.cleared} ${texts.cleared[language]}${compared}`)
    for (const chain of report.chains) out(chainLine(chain, language))
    for (const problem of report.problems) out(`  ${problem.path}: ${problemText(problem, language)}`)
  }
  if (!report.issuersChecked) err(texts.unchecked[language])
  if (report.chains.length === 0) err(texts.nothing[language])
  return report.ok && report.chains.length > 0 ? 0 : 1
}

const chainLine = (chain: ArchivedChain, language: Language): string => {
  const { vatNumber, serial, firstIcv, lastIcv, notBefore, notAfter, ok } = chain
  const verdict = ok ? texts.whole[language] : texts.broken[language]
  return `${vatNumber} ${serial} (${notBefore} - ${notAfter}): ${texts.counters[language]} ${firstIcv}-${lastIcv}, ${verdict}`
}

async function* filesIn(folder: string): AsyncGenerator<ArchiveFile> {
  for await (const entry of glob('**/*', { cwd: folder, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(folder, file).replaceAll(sep, '/')
    if (entry.isFile() && path !== manifestName) yield { path, bytes: await readBounded(file, assertSize) }
  }
}

const manifestIn = async (folder: string): Promise<Manifest | undefined> => {
  const file = join(folder, manifestName)
  return existsSync(file) ? parseManifest((await readInput(file)).toString()) : undefined
}

const authoritiesFrom = async (file: string | undefined) =>
  file === undefined ? undefined : authoritiesOf((await readInput(file)).toString())
