/** A restored database catches up with its archive, reuses no counter, and stays frozen when it cannot (G13). */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runBackup } from '#core/backup/backup.ts'
import type { BackupKey } from '#core/backup/container.ts'
import { restoreBackup } from '#core/backup/restore.ts'
import type { Ports } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { anchorHeads, compareWithAnchors } from '#core/workflow/proving/anchors.ts'
import { auditDatabase } from '#core/workflow/proving/audit-database.ts'
import { rollForwardAll } from '#core/workflow/proving/roll-forward.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { describeEngines, failing, type RunningEngine } from '../storage/engines.ts'
import { issued } from '../workflow/batch-ports.ts'
import { draft } from '../workflow/office.ts'
import { chainLinks, type FilledOffice, filledOffice, issue, issueAndSend, newDatabase } from './office.ts'

const key: BackupKey = { kind: 'key-file', key: randomBytes(32) }

interface Restored {
  readonly filled: FilledOffice
  /** The restored office, with the archive and the anchors of the lost one */
  readonly ports: Ports
  readonly folder: string
}

/** A backup after three documents, `later` documents more, then the database is lost and the backup restored. */
const restoredOffice = async (
  engine: RunningEngine,
  later: (filled: FilledOffice) => Promise<void>,
  options: { readonly anchored: boolean } = { anchored: true },
): Promise<Restored> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-forward-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const filled = await filledOffice(engine, 3)
  const { office } = filled
  const anchors = folderAnchors(join(folder, 'anchors'), office.clock)
  const file = join(folder, 'office.khb')
  await runBackup(office.ports, {
    file,
    openKey: async () => key,
    program: 'test',
    actor: 'owner',
    scratch: folder,
    databaseAt,
  })
  await later(filled)
  await anchorHeads({ ...office.ports, anchors })

  const to = await newDatabase(engine)
  await restoreBackup({ file, key, to, clock: office.clock, actor: 'owner' })
  const storage = await to.open()
  onTestFinished(() => storage.close())
  return { filled, folder, ports: { ...office.ports, storage, anchors: options.anchored ? anchors : undefined } }
}

const threeMore = async ({ office, unit }: FilledOffice): Promise<void> => {
  await issueAndSend(office, unit)
  await issueAndSend(office, unit, { profile: 'simplified' })
  await issue(office, unit)
}

/** The files of the archive as they stand in the folder of the test office. */
const archived = async ({ office }: FilledOffice, icv: number): Promise<string> => {
  for await (const path of office.ports.blobs.list('PRACTICE')) {
    const file = join(office.folder, 'archive', path)
    if (path.includes('/signed/') && (await readFile(file, 'utf8')).includes(`<cbc:UUID>${icv}</cbc:UUID>`)) return file
  }
  throw new Error(`no file has counter ${icv}`)
}

await describeEngines('roll-forward', (engine) => {
  test('an old backup catches up from the archive and goes on behind the last counter', async () => {
    const { filled, ports } = await restoredOffice(engine, threeMore)
    const wanted = draft()
    const request = { unitId: filled.unit.id, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' }
    await expect(issueDocument(ports, request)).rejects.toEqual(failing('chain/frozen'))

    const [report] = await rollForwardAll(ports, { actor: 'owner' })
    expect(report).toMatchObject({ from: 3, to: 6, settled: 1, missing: [], outcome: 'thawed' })
    const lost = await chainLinks(filled.office, filled.unit)
    const recovered = await chainLinks({ ...filled.office, ports }, filled.unit)
    const facts = (documents: typeof lost) =>
      documents.map(({ icv, uuid, pih, hash, number, kind, profile, issueDate, issueTime, qr, taxInclusiveAmount }) => {
        return { icv, uuid, pih, hash, number, kind, profile, issueDate, issueTime, qr, taxInclusiveAmount }
      })
    expect(facts(recovered)).toEqual(facts(lost))
    expect(await auditDatabase(ports)).toMatchObject({ ok: true, documents: 6 })
    expect(await issueDocument(ports, request)).toMatchObject({ icv: 7, pih: lost[5]?.hash })
  })

  test('a request of before gives the document of before, and never a second one (G3)', async () => {
    const wanted = draft({ profile: 'simplified' })
    const rows = [draft({ profile: 'simplified' }), draft({ profile: 'simplified' })].map((row) => {
      return { draft: row, idempotencyKey: `batch "${row.number}"` }
    })
    const asked = ({ unit }: FilledOffice) => {
      return { unitId: unit.id, draft: wanted, idempotencyKey: 'ключ ٣ "\\', actor: 'tester' }
    }
    const { filled, ports } = await restoredOffice(engine, async (office) => {
      await issueDocument(office.office.ports, asked(office))
      await issued(office.office.ports, { unitId: office.unit.id, requests: rows, actor: 'tester' })
    })
    expect(await rollForwardAll(ports, { actor: 'owner' })).toMatchObject([{ to: 6, outcome: 'thawed' }])
    const [, , , lost] = await chainLinks(filled.office, filled.unit)
    const again = await issueDocument(ports, asked(filled))
    expect(again).toMatchObject({ uuid: lost?.uuid, icv: 4 })
    const outcomes = await issued(ports, { unitId: filled.unit.id, requests: rows, actor: 'tester' })
    expect(outcomes.map(({ kind }) => kind)).toEqual(['known', 'known'])
    const other = { ...asked(filled), draft: { ...wanted, number: 'ANOTHER' } }
    await expect(issueDocument(ports, other)).rejects.toEqual(failing('request/idempotency-mismatch'))
    expect(await ports.storage.read.activeChain(filled.unit.id)).toMatchObject({ lastIcv: 6 })
  })

  test('without the kept keys, or with wrong ones, a request of before is refused by its number', async () => {
    const wanted = draft()
    const asked = ({ unit }: FilledOffice) => {
      return { unitId: unit.id, draft: wanted, idempotencyKey: 'asked-once', actor: 'tester' }
    }
    const { filled, ports } = await restoredOffice(engine, async (office) => {
      await issueDocument(office.office.ports, asked(office))
      await issue(office.office, office.unit)
    })
    const folder = join(filled.office.folder, 'archive', 'PRACTICE', '310175397400003', 'keys')
    const [first] = await chainLinks(filled.office, filled.unit)
    for (const name of await readdir(folder)) {
      if (name.endsWith('-4-4.jsonl')) await rm(join(folder, name))
      // Whoever can write here must not stop the recovery with a key that is taken.
      if (name.endsWith('-5-5.jsonl')) {
        const text = await readFile(join(folder, name), 'utf8')
        await writeFile(join(folder, name), text.replace(/,"[^"]*",/, `,${JSON.stringify(first?.idempotencyKey)},`))
      }
    }
    expect(await rollForwardAll(ports, { actor: 'owner' })).toMatchObject([{ to: 5, outcome: 'thawed' }])
    await expect(issueDocument(ports, asked(filled))).rejects.toEqual(failing('document/duplicate-number'))
    expect(await ports.storage.read.activeChain(filled.unit.id)).toMatchObject({ lastIcv: 5 })
    expect(await auditDatabase(ports)).toMatchObject({ ok: true, documents: 5 })
  })

  test('longer chains of other units of the taxpayer do not stand in the way', async () => {
    const { filled, ports } = await restoredOffice(engine, async ({ office, unit }) => {
      await issue(office, unit)
      const other = await office.readyUnit('0100')
      for (let count = 0; count < 6; count += 1) await issue(office, other, { profile: 'simplified' })
    })
    const [report] = await rollForwardAll(ports, { actor: 'owner' })
    expect(report).toMatchObject({ from: 3, to: 4, missing: [], outcome: 'thawed' })
    expect(await ports.storage.read.activeChain(filled.unit.id)).toMatchObject({ lastIcv: 4 })
  })

  test('what was appended without a result goes out again and is known to ZATCA already', async () => {
    const { filled, ports } = await restoredOffice(engine, threeMore)
    await rollForwardAll(ports, { actor: 'owner' })
    const [, , , cleared, reported, unsent] = await chainLinks({ ...filled.office, ports }, filled.unit)
    const stateOf = async (id = '') => (await ports.storage.read.documentStatus(id))?.state
    expect([await stateOf(cleared?.id), await stateOf(reported?.id), await stateOf(unsent?.id)]).toEqual([
      'cleared',
      'unknown',
      'unknown',
    ])
    expect(await submitDocument(ports, reported?.id ?? '')).toMatchObject({
      state: 'reported',
      result: { duplicate: true },
    })
    expect(await submitDocument(ports, unsent?.id ?? '')).toMatchObject({ state: 'cleared' })
  })

  test('a correction is recovered behind the rejected document that it corrects', async () => {
    const { filled, ports } = await restoredOffice(engine, async ({ office, unit }) => {
      await office.control('answers', {
        status: 400,
        endpoint: 'clearance',
        times: 1,
        findings: [{ code: 'X', category: 'TEST', message: 'no' }],
      })
      const rejected = await issueAndSend(office, unit)
      const correction = {
        documentId: rejected.id,
        draft: rejected.draft,
        idempotencyKey: 'corrected',
        actor: 'tester',
      }
      const { issueDate: _date, issueTime: _time, ...plain } = rejected.draft
      await reissueDocument(office.ports, { ...correction, draft: plain })
    })
    const [report] = await rollForwardAll(ports, { actor: 'owner' })
    expect(report).toMatchObject({ to: 5, outcome: 'thawed' })
    const [, , , rejected, corrected] = await chainLinks({ ...filled.office, ports }, filled.unit)
    expect(corrected).toMatchObject({ number: rejected?.number, reissueNo: 1, supersedes: rejected?.id })
  })

  test('a file that is missing is named, and the chain stays frozen', async () => {
    const { filled, ports } = await restoredOffice(engine, threeMore)
    await rm(await archived(filled, 5))
    const [report] = await rollForwardAll(ports, { actor: 'owner' })
    expect(report).toMatchObject({ from: 3, to: 4, missing: [5, 6], outcome: 'close-and-reonboard' })
    expect(await ports.storage.read.chains(filled.unit.id)).toMatchObject([{ state: 'frozen', lastIcv: 4 }])
    const [again] = await rollForwardAll(ports, { actor: 'owner' })
    expect(again).toMatchObject({ from: 4, to: 4, outcome: 'close-and-reonboard' })
  })

  test('a file that somebody changed is not taken, and the proof that fails is named', async () => {
    const { filled, ports } = await restoredOffice(engine, threeMore)
    const file = await archived(filled, 4)
    const text = await readFile(file, 'utf8')
    await rm(file)
    await writeFile(file, text.replace('>300.00</cbc:LineExtensionAmount>', '>900.00</cbc:LineExtensionAmount>'))
    const [report] = await rollForwardAll(ports, { actor: 'owner' })
    expect(report).toMatchObject({ to: 3, obstacle: { id: expect.stringMatching(/^SIGNATURE\//), ok: false } })
    expect(report?.outcome).toBe('close-and-reonboard')
  })

  test('without anchors only a person can say that nothing came after', async () => {
    const { filled, ports } = await restoredOffice(engine, threeMore, { anchored: false })
    expect(await rollForwardAll(ports, { actor: 'owner' })).toMatchObject([{ to: 6, outcome: 'head-unknown' }])
    expect(await ports.storage.read.activeChain(filled.unit.id)).toBeUndefined()
    expect(await rollForwardAll(ports, { actor: 'owner', acceptHead: true })).toMatchObject([{ outcome: 'thawed' }])
    const [chain] = await ports.storage.read.chains(filled.unit.id)
    expect(await ports.storage.read.audit(chain?.id ?? '')).toMatchObject([
      { action: 'chain/thawed', actor: 'owner', details: { icv: 6, provedBy: 'person' } },
    ])
  })

  test('a backup that nothing was issued after is thawed by its anchor alone', async () => {
    const { ports } = await restoredOffice(engine, async () => undefined)
    expect(await compareWithAnchors(ports)).toEqual({ missing: false, frozen: [] })
    expect(await rollForwardAll(ports, { actor: 'owner' })).toMatchObject([{ from: 3, to: 3, outcome: 'thawed' }])
  })

  test('a chain that was frozen for another reason is left alone', async () => {
    const { filled, ports } = await restoredOffice(engine, async ({ office, unit }) => {
      const chain = await office.ports.storage.read.activeChain(unit.id)
      await office.ports.storage.write((tx) => tx.freezeChain(chain?.id ?? '', 'cleared-mismatch'))
    })
    const { storage } = filled.office.ports
    expect(await rollForwardAll({ ...ports, storage }, { actor: 'owner' })).toMatchObject([{ outcome: 'untouched' }])
  })
})
