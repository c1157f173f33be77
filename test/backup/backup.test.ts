/** Backups: taken from a running office, proved, opened only with their key, and able to bring everything back on another machine. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openBackup, proveBackup, runBackup } from '#core/backup/backup.ts'
import type { BackupKey } from '#core/backup/container.ts'
import type { RewrapBy } from '#core/backup/keys.ts'
import { restoreBackup } from '#core/backup/restore.ts'
import { changed } from '#core/backup/rows.ts'
import { Failure } from '#core/errors.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyEncryption, Ports, Storage, Unit } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { auditDatabase } from '#core/workflow/proving/audit-database.ts'
import { keyBinding, openCredentials } from '#core/workflow/signing.ts'
import { parseCertificate } from '#core/zatca/certificate.ts'
import { describeEngines, engines, failing } from '../storage/engines.ts'
import type { TestOffice } from '../workflow/office.ts'
import { filledOffice, issue, newDatabase } from './office.ts'

const key: BackupKey = { kind: 'key-file', key: randomBytes(32) }

const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const backupOf = async (
  { ports }: Pick<TestOffice, 'ports'>,
  change: { readonly rewrapBy?: RewrapBy; readonly key?: BackupKey } = {},
) => {
  const folder = await folderOf()
  const file = join(folder, 'office.khb')
  const scratch = join(folder, 'scratch')
  const { key: other = key, ...rest } = change
  const run = await runBackup(ports, {
    file,
    openKey: async () => other,
    program: 'test',
    actor: 'owner',
    scratch,
    databaseAt,
    ...rest,
  })
  return { file, run, scratch, folder }
}

/** What the shells hand in: from the office's wrapping to the backup's, and back to that of another office. */
const intoBackup =
  (office: KeyEncryption): RewrapBy =>
  (wrappingKey) =>
    rewrapping(office, backupEncryption(wrappingKey))
const outOfBackup =
  (office: KeyEncryption): RewrapBy =>
  (wrappingKey) =>
    rewrapping(backupEncryption(wrappingKey), office)

const clock = { now: () => Date.now() }

await describeEngines('backup', (engine) => {
  test('is taken while the office issues, is proved, and is recorded', async () => {
    const filled = await filledOffice(engine)
    const [{ run, file, scratch }] = await Promise.all([
      backupOf(filled.office),
      ...[1, 2, 3].map(() => issue(filled.office, filled.unit)),
    ])
    expect(run).toMatchObject({ verified: true, problem: undefined, target: file })
    expect(run.documents).toBeGreaterThanOrEqual(4)
    expect((await stat(file)).size).toBe(run.bytes)
    expect((await stat(file)).mode & 0o077).toBe(0)
    expect(await readdir(scratch)).toEqual([])
    const { read } = filled.office.ports.storage
    expect(await read.backupRuns(1)).toEqual([run])
    expect((await read.audit('backup')).map(({ action }) => action)).toEqual(['backup/done'])
  })

  test.each(engines)(
    'comes back on $name with every chain whole, and issues nothing before it is reconciled',
    async ({ start }) => {
      const filled = await filledOffice(engine)
      const { file } = await backupOf(filled.office)
      const other = await start()
      if (other === undefined) throw new Error('the other engine cannot run here')
      onTestFinished(() => other.stop())
      const to = await newDatabase(other)
      const { head } = await restoreBackup({ file, key, to, clock, actor: 'owner' })
      expect(head).toMatchObject({ program: 'test', keys: 'as-wrapped-by-the-office' })
      const storage = await to.open()
      onTestFinished(() => storage.close())
      expect(await auditDatabase({ storage })).toMatchObject({ ok: true, documents: 4 })
      expect(await storage.read.activeChain(filled.unit.id)).toBeUndefined()
      expect(await storage.read.chains(filled.unit.id)).toMatchObject([{ state: 'frozen', frozenReason: 'restored' }])
      expect(await storage.read.audit('database')).toMatchObject([{ action: 'database/restored', actor: 'owner' }])
      await expect(restoreBackup({ file, key, to, clock, actor: 'owner' })).rejects.toEqual(
        failing('storage/not-empty'),
      )
    },
  )

  test('a chain that is broken makes no good backup, and the run says so', async () => {
    const filled = await filledOffice(engine)
    const { ports } = filled.office
    const dump: Storage['dump'] = (use) =>
      ports.storage.dump(({ schema, items }) => use({ schema, items: changed(items, { chain: breakHead }) }))
    const { run, file, folder } = await backupOf({ ports: { ...ports, storage: { ...ports.storage, dump } } })
    expect(run).toMatchObject({ verified: false, problem: 'backup/unproven', documents: 4 })
    const { audit } = await proveBackup({ file, key, scratch: folder, databaseAt })
    expect(audit.chains[0]?.problems).toMatchObject([{ id: 'CHAIN/headHash', found: 'x' }])
  })

  test('the keys come back on another machine with the backup alone, and sign again', async () => {
    const filled = await filledOffice(engine)
    const { file } = await backupOf(filled.office, { rewrapBy: intoBackup(filled.encryption) })
    const to = await newDatabase(engine)
    const elsewhere = memoryEncryption()
    const { head } = await restoreBackup({ file, key, to, clock, actor: 'owner', rewrapBy: outOfBackup(elsewhere) })
    expect(head.keys).toBe('in-backup')
    const storage = await to.open()
    onTestFinished(() => storage.close())
    const keys = keyStore(elsewhere)
    const production = async ({ read }: Storage) =>
      (await read.csids(filled.unit.id)).find(({ purpose }) => purpose === 'production')
    const [before, csid] = [await production(filled.office.ports.storage), await production(storage)]
    if (before === undefined || csid === undefined) throw new Error('no CSID')
    expect(await openCredentials({ keys }, filled.unit, csid)).toEqual(
      await openCredentials(filled.office.ports, filled.unit, before),
    )
    const envelope = await storage.read.keyEnvelope(filled.unit.keyId ?? '')
    const signer = await keys.signer(envelope ?? '', keyBinding(filled.unit), parseCertificate(csid.token))
    expect(await signer.sign([new Uint8Array(32)])).toHaveLength(1)
    const early = keyStore(filled.encryption).publicKey(envelope ?? '', keyBinding(filled.unit))
    await expect(early).rejects.toEqual(failing('key/locked'))
  })
})

// What follows is about the file and not about an engine.
const [sqlite] = engines
const running = await sqlite?.start()
if (running === undefined) throw new Error('SQLite always runs')
afterAll(() => running.stop())

const breakHead = () => ({ last_hash: 'x' })

test('secrets are not to be found in the file, nor in what it holds without its key', async () => {
  const filled = await filledOffice(running)
  const { office, unit, encryption } = filled
  const secrets = await plantedSecrets(office.ports, unit)
  const { file } = await backupOf(office, { rewrapBy: intoBackup(encryption) })
  const bytes = await readFile(file)
  const inside = await openBackup(file, key, async ({ dump }) => {
    const rows: unknown[] = []
    for await (const item of dump.items) rows.push(item)
    return Buffer.from(JSON.stringify(rows))
  })
  expect(inside.includes('key_envelope')).toBe(true)
  for (const secret of [...secrets, filled.office.company.vatNumber]) {
    expect(bytes.includes(secret)).toBe(false)
    expect(bytes.includes(Buffer.from(secret).toString('base64'))).toBe(false)
  }
  for (const secret of secrets) expect(inside.includes(secret)).toBe(false)
})

/** The CSID secrets in clear, as only a submission ever has them. */
const plantedSecrets = async (ports: Ports, unit: Unit): Promise<readonly string[]> => {
  const csids = await ports.storage.read.csids(unit.id)
  const secrets = await Promise.all(csids.map((csid) => openCredentials(ports, unit, csid)))
  expect(secrets.length).toBeGreaterThan(0)
  return secrets.map(({ secret }) => secret)
}

test('a changed bit, a cut, another key: nothing is restored', async () => {
  const { office } = await filledOffice(running)
  const { file, folder } = await backupOf(office)
  const bytes = await readFile(file)
  const damage = async (name: string, change: (bytes: Buffer) => Buffer): Promise<string> => {
    const damaged = join(folder, name)
    await writeFile(damaged, change(Buffer.from(bytes)))
    return damaged
  }
  const flipped = await damage('flipped', (all) => {
    all.writeUInt8(all.readUInt8(all.length >> 1) ^ 4, all.length >> 1)
    return all
  })
  const cut = await damage('cut', (all) => all.subarray(0, all.length - 100))
  const to = await newDatabase(running)
  for (const file of [flipped, cut]) {
    await expect(restoreBackup({ file, key, to, clock, actor: 'owner' })).rejects.toEqual(failing('backup/damaged'))
  }
  const wrong: BackupKey = { kind: 'passphrase', passphrase: 'something else altogether' }
  await expect(restoreBackup({ file, key: wrong, to, clock, actor: 'owner' })).rejects.toEqual(
    failing('backup/wrong-key'),
  )
  const storage = await to.open()
  onTestFinished(() => storage.close())
  expect(await storage.read.companies()).toEqual([])
})

test('a backup that cannot be written is recorded as failed, and an earlier one stays', async () => {
  const { office } = await filledOffice(running)
  const { file } = await backupOf(office)
  const before = await readFile(file)
  const dump: Storage['dump'] = async () => {
    throw new Failure('storage/disk-error')
  }
  const ports = { ...office.ports, storage: { ...office.ports.storage, dump } }
  const scratch = await folderOf()
  const options = { file, openKey: async () => key, program: 'test', actor: 'owner', scratch, databaseAt }
  const run = await runBackup(ports, options)
  expect(run).toMatchObject({ verified: false, problem: 'storage/disk-error', bytes: 0 })
  expect((await readFile(file)).equals(before)).toBe(true)
  expect(await readdir(join(file, '..'))).not.toContain('office.khb.part')
})
