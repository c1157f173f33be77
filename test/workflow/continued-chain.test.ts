/** Where a renewal goes on with the chain before it (`pihAfterRenewal: continue`): every walk over a chain knows both beginnings. */
import { randomBytes } from 'node:crypto'
import { cp, glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runBackup } from '#core/backup/backup.ts'
import { restoreBackup } from '#core/backup/restore.ts'
import type { Chain, Ports } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { renew } from '#core/workflow/onboarding/renew.ts'
import { anchorHeads } from '#core/workflow/proving/anchors.ts'
import { auditDatabase } from '#core/workflow/proving/audit-database.ts'
import { rollForwardAll } from '#core/workflow/proving/roll-forward.ts'
import { type ArchiveFile, verifyArchive } from '#core/workflow/proving/verify-archive.ts'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { type FilledOffice, filledOffice, issueAndSend, newDatabase } from '../backup/office.ts'
import { describeEngines, type RunningEngine } from '../storage/engines.ts'

/** The setting is built in; the program must be ready for the other value all the same. */
vi.mock('#core/workflow/settings.ts', async (original) => {
  const real = await original<typeof import('#core/workflow/settings.ts')>()
  return {
    ...real,
    settingsOf: async (...given: Parameters<typeof real.settingsOf>) => ({
      ...(await real.settingsOf(...given)),
      pihAfterRenewal: 'continue',
    }),
  }
})

interface Renewed extends FilledOffice {
  readonly chains: readonly Chain[]
}

/** Three documents, a renewal, and whatever comes after it. */
const renewed = async (engine: RunningEngine, later: (filled: FilledOffice) => Promise<void>): Promise<Renewed> => {
  const filled = await filledOffice(engine, 3)
  const { office, unit } = filled
  const { read } = office.ports.storage
  const inUse = (await read.csids(unit.id)).find(({ purpose }) => purpose === 'production')
  await renew(office.ports, { unitId: unit.id, actor: 'tester', giveUp: inUse?.id ?? '', otp: await office.otp() })
  await later(filled)
  return { ...filled, chains: await read.chains(unit.id) }
}

const twoMore = async ({ office, unit }: FilledOffice): Promise<void> => {
  await issueAndSend(office, unit)
  await issueAndSend(office, unit, { profile: 'simplified' })
}

async function* filesOf(folder: string): AsyncGenerator<ArchiveFile> {
  for await (const path of glob('**/*.xml', { cwd: folder })) {
    yield { path, bytes: await readFile(join(folder, path)) }
  }
}

/** The audit of a chain as if it had begun otherwise. */
const auditBegunWith = ({ storage }: Ports, chain: Chain, pih: string) => {
  const chainDocuments: typeof storage.read.chainDocuments = async (...given) =>
    (await storage.read.chainDocuments(...given)).map((link) =>
      link.document.icv === 1 ? { ...link, document: { ...link.document, pih } } : link,
    )
  return verifyChain({ storage: { ...storage, read: { ...storage.read, chainDocuments } } }, chain)
}

await describeEngines('a chain that goes on with the one before', (engine) => {
  test('carries its end, counts from one, and is whole for the audit', async () => {
    const { office, unit, chains } = await renewed(engine, twoMore)
    const [before, after] = chains
    const [first] = await office.ports.storage.read.chainDocuments(after?.id ?? '', 0, 1)
    expect(first?.document).toMatchObject({ icv: 1, pih: before?.lastHash })
    const audit = await auditDatabase(office.ports)
    expect(audit).toMatchObject({ ok: true, documents: 5 })
    expect(audit.chains.map(({ chain }) => chain.epoch)).toEqual([1, 2])
    expect((await office.ports.storage.read.unit(unit.id))?.state).toBe('ready')
  })

  test('is whole before its first document', async () => {
    const { office } = await renewed(engine, async () => undefined)
    expect(await auditDatabase(office.ports)).toMatchObject({ ok: true, documents: 3 })
  })

  test('that begins with anything else is broken', async () => {
    const { office, chains } = await renewed(engine, twoMore)
    const [before, after] = chains
    if (before === undefined || after === undefined) throw new Error('two chains')
    const [, second] = await office.ports.storage.read.chainDocuments(before.id, 0, 2)
    for (const pih of [second?.document.hash ?? '', after.lastHash])
      expect(await auditBegunWith(office.ports, after, pih)).toMatchObject({
        ok: false,
        firstBroken: { icv: 1, id: 'CHAIN/pih' },
      })
    // Whose beginning says genesis while its bytes do not is broken too.
    const genesis = (await office.ports.storage.read.chainDocuments(before.id, 0, 1))[0]?.document.pih ?? ''
    expect(await auditBegunWith(office.ports, after, genesis)).toMatchObject({
      ok: false,
      firstBroken: { icv: 1, id: 'CHAIN/pihInXml' },
    })
  })

  test('gets no warning from the gateway', async () => {
    const { office, chains } = await renewed(engine, twoMore)
    const links = await office.ports.storage.read.chainDocuments(chains[1]?.id ?? '', 0, 9)
    const statuses = await Promise.all(
      links.map(({ document }) => office.ports.storage.read.documentStatus(document.id)),
    )
    expect(statuses.map((status) => status?.state)).toEqual(['cleared', 'reported'])
    expect(statuses.flatMap((status) => status?.result?.findings ?? []).filter(({ type }) => type !== 'info')).toEqual(
      [],
    )
  })

  test('is proved from its files, and not without the end of the chain before', async () => {
    const { office } = await renewed(engine, twoMore)
    const folder = await mkdtemp(join(tmpdir(), 'khatm-continued-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await cp(join(office.folder, 'archive'), folder, { recursive: true })
    const whole = await verifyArchive(filesOf(folder))
    expect(whole).toMatchObject({ ok: true, problems: [] })
    expect(whole.chains.map(({ documents }) => documents).toSorted()).toEqual([2, 3])
    for await (const { path, bytes } of filesOf(folder))
      if (path.includes('/signed/') && Buffer.from(bytes).includes('<cbc:UUID>3</cbc:UUID>'))
        await rm(join(folder, path))
    expect((await verifyArchive(filesOf(folder))).problems).toContainEqual(
      expect.objectContaining({ id: 'CHAIN/pih', icv: 1 }),
    )
  })

  test('is rolled forward from a backup that was taken before its first document', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'khatm-continued-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const key = { kind: 'key-file', key: randomBytes(32) } as const
    const file = join(folder, 'office.khb')
    const { office, unit } = await renewed(engine, async (filled) => {
      const options = { file, openKey: async () => key, program: 'test', actor: 'owner', scratch: folder, databaseAt }
      expect(await runBackup(filled.office.ports, options)).toMatchObject({ verified: true, documents: 3 })
      await twoMore(filled)
    })
    const anchors = folderAnchors(join(folder, 'anchors'), office.clock)
    await anchorHeads({ ...office.ports, anchors })
    const to = await newDatabase(engine)
    await restoreBackup({ file, key, to, clock: office.clock, actor: 'owner' })
    const storage = await to.open()
    onTestFinished(() => storage.close())
    const ports = { ...office.ports, storage, anchors }
    expect(await rollForwardAll(ports, { actor: 'owner' })).toMatchObject([{ from: 0, to: 2, outcome: 'thawed' }])
    expect(await auditDatabase(ports)).toMatchObject({ ok: true, documents: 5 })
    expect(await storage.read.activeChain(unit.id)).toMatchObject({ lastIcv: 2 })
  })
})
