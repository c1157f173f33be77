/** `khatm evidence`: one document in a folder, complete, readable and provable without the program. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { evidence as evidenceShape } from '#core/api/contract/evidence.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { main } from '../../cli/main.ts'
import { chainLinks, filledOffice, issueAndSend } from '../backup/office.ts'
import { describeEngines } from '../storage/engines.ts'

const run = async (...words: string[]) => {
  const [out, err]: [string[], string[]] = [[], []]
  const said = (to: string[]) => (line: string) => void to.push(line)
  const exit = await main(words, { language: 'en', out: said(out), bytes: () => undefined, err: said(err) })
  return { exit, out: out.join('\n'), err: err.join('\n') }
}

const folderFor = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-evidence-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

await describeEngines('khatm evidence', (engine) => {
  const office = async () => {
    const { address } = await engine.create()
    const place = 'file' in address ? address.file : address.url
    return { place, ...(await filledOffice(engine, 3, { database: databaseAt(place) })) }
  }

  test('writes bytes, answers, proofs and an explanation in both languages, under one manifest', async () => {
    const { place, office: filled, unit } = await office()
    const [cleared] = await chainLinks(filled, unit)
    const folder = join(await folderFor(), 'evidence')
    const done = await run('evidence', cleared?.number ?? '', '--database', place, '--out', folder)
    expect([done.exit, done.err]).toEqual([0, ''])
    const files = (await readdir(folder, { recursive: true })).filter((path) => /\.\w+$|SUMS$/.test(path)).toSorted()
    expect(files).toEqual([
      'README.txt',
      'SHA256SUMS',
      'answers/1.txt',
      expect.stringMatching(/^cleared\/310175397400003_.*\.xml$/),
      'evidence.json',
      expect.stringMatching(/^signed\/310175397400003_.*\.xml$/),
    ])
    expect(spawnSync('sha256sum', ['-c', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder }).status).toBe(0)
    const [signed = ''] = files.filter((path) => path.startsWith('signed/'))
    expect(Buffer.from((await filled.ports.storage.read.signedXml(cleared?.id ?? '')) ?? [])).toEqual(
      await readFile(join(folder, signed)),
    )
    expect((await run('verify', join(folder, signed))).exit).toBe(0)
    expect(await readFile(join(folder, 'answers/1.txt'), 'utf8')).toContain('CLEARED')
    const bundle = evidenceShape.parse(JSON.parse(await readFile(join(folder, 'evidence.json'), 'utf8')))
    expect(bundle.document).toMatchObject({ id: cleared?.id, state: 'cleared' })
    const readme = await readFile(join(folder, 'README.txt'), 'utf8')
    for (const part of [`إثبات المستند ${cleared?.number}`, `EVIDENCE OF DOCUMENT ${cleared?.number}`, cleared?.uuid])
      expect(readme).toContain(part)
    expect(readme).toMatch(/Proofs: all \d+ hold/)
    expect(readme).not.toMatch(/\{\w+\}|—/)
  })

  test('finds a document by id and by UUID, asks back where a number has several, and refuses what is not there', async () => {
    const { place, office: filled, unit } = await office()
    await filled.control('answers', {
      status: 400,
      endpoint: 'clearance',
      times: 1,
      findings: [{ code: 'X', category: 'TEST', message: 'no' }],
    })
    const rejected = await issueAndSend(filled, unit)
    const { issueDate: _date, issueTime: _time, ...draft } = rejected.draft
    await reissueDocument(filled.ports, { documentId: rejected.id, draft, idempotencyKey: 'again', actor: 'tester' })
    const folder = await folderFor()
    const by = (name: string, to: string) => run('evidence', name, '--database', place, '--out', join(folder, to))
    expect((await by(rejected.id, 'id')).exit).toBe(0)
    expect((await by(rejected.uuid, 'uuid')).exit).toBe(0)
    const several = await by(rejected.number, 'number')
    expect([several.exit, several.err]).toEqual([2, expect.stringContaining(rejected.id)])
    expect(several.err).toContain('rejected')
    expect((await by('nowhere', 'none')).err).toContain('document/not-found')
    expect((await by(rejected.id, 'id')).exit).toBe(2)
    expect(await readFile(join(folder, 'id', 'README.txt'), 'utf8')).toContain('Rejected')
  })
})
