/** Backups of the desktop through its own transport, in a stand-in for Electron: planned by a person, made by themselves, restored on another machine. */
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Client, createClient } from '#core/api/client.ts'
import { dispatch } from '#core/api/dispatch.ts'
import { restoreBackup } from '#core/backup/restore.ts'
import { createOffice } from '#core/compose.ts'
import { fileEncryption, memoryEncryption } from '#core/keys/providers.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock } from '#core/keys/system.ts'
import type { KeyEncryption } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { keyBinding } from '#core/workflow/signing.ts'
import { startPractice } from '#practice/index.ts'
import { desktopBackups } from '../../electron/backups.ts'
import { keychainEncryption } from '../../electron/keychain.ts'
import { withRestoredKeys } from '../../electron/restored-keys.ts'
import { companyInput, unitInput } from '../api/drafts.ts'
import { refusal } from '../api/refusal.ts'
import { dialog } from '../e2e/stand-in/electron.ts'

vi.mock('electron', () => import('../e2e/stand-in/electron.ts'))

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const passphrase = 'four words of an old song'

const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-desktop-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Desktop {
  readonly folder: string
  readonly owner: Client
  close(): Promise<void>
}

const openDesktop = async (): Promise<Desktop> => {
  const folder = await folderOf()
  const encryption = await keychainEncryption()
  const database = join(folder, 'khatm.sqlite')
  const practice = await startPractice()
  const office = await createOffice({
    shell: 'desktop',
    storage: await openSqlite({ file: database, exclusive: true }),
    keys: keyStore(encryption),
    archive: join(folder, 'archive'),
    backups: desktopBackups({ folder, database, anchors: join(folder, '..', 'anchors') }, encryption),
    environments: ['PRACTICE'],
    practice,
    log: silent,
  })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= office.close().finally(() => practice.close())
    return closed
  }
  onTestFinished(close)
  const callAs = (token: string | undefined) =>
    createClient((path, input) => dispatch(office.router, { path, input, context: { token, requestId: 'desktop' } }))
  const account = { username: 'noura', name: 'نورة', password: 'correct horse battery staple' }
  const { token } = await callAs(undefined).access.setUp(account)
  return { folder, owner: callAs(token), close }
}

test('a person chooses folder, hour and passphrase; from then on backups are made and shown', async () => {
  const { owner, folder } = await openDesktop()
  expect(await owner.backups.list()).toMatchObject({ scheduled: false, changeable: true, runs: [] })
  const disk = await folderOf()
  vi.spyOn(dialog, 'showOpenDialog').mockResolvedValue({ canceled: false, filePaths: [disk] })
  expect(await owner.backups.chooseFolder()).toEqual({ folder: disk })
  const planned = await owner.backups.plan({ folder: disk, hour: 13, keep: 7, passphrase })
  expect(planned).toMatchObject({
    scheduled: true,
    plan: { folder: disk, hour: 13, keep: 7, keyKind: 'passphrase' },
    restoresTo: { database: join(folder, 'khatm.sqlite') },
  })
  expect(JSON.stringify(planned)).not.toContain(passphrase)
  expect(await owner.backups.run()).toMatchObject({ verified: true })
  expect(await owner.backups.list()).toMatchObject({ runs: [{ verified: true }] })
})

test('who closes the dialog has chosen nothing', async () => {
  const { owner } = await openDesktop()
  vi.spyOn(dialog, 'showOpenDialog').mockResolvedValue({ canceled: true, filePaths: [] })
  expect((await owner.backups.chooseFolder()).folder).toBeUndefined()
})

test('a folder that is not there is refused in both languages', async () => {
  const { owner } = await openDesktop()
  const plan = { folder: '/nowhere/at/all', hour: 13, keep: 7, passphrase }
  expect((await refusal(owner.backups.plan(plan))).body.error).toBe('backup/folder-unavailable')
  expect((await owner.backups.list()).scheduled).toBe(false)
})

test('no file of the desktop holds the passphrase', async () => {
  const { owner, folder, close } = await openDesktop()
  const disk = await folderOf()
  await owner.backups.plan({ folder: disk, hour: 13, keep: 7, passphrase })
  await owner.backups.run()
  await close()
  let files = 0
  for (const place of [folder, disk])
    for await (const entry of glob('**/*', { cwd: place, withFileTypes: true })) {
      if (!entry.isFile()) continue
      files += 1
      const bytes = await readFile(join(entry.parentPath, entry.name))
      expect(bytes.includes(passphrase), entry.name).toBe(false)
      expect(bytes.includes(Buffer.from(passphrase).toString('base64')), entry.name).toBe(false)
    }
  expect(files).toBeGreaterThan(2)
})

/** What `khatm restore` does for a desktop: it cannot reach the keychain, so the keys come under a key file. */
const restored = async (file: string): Promise<{ folder: string; byFile: KeyEncryption }> => {
  const folder = await folderOf()
  const byFile = await fileEncryption(join(folder, 'key-encryption.key'), { create: true })
  await restoreBackup({
    file,
    key: { kind: 'passphrase', passphrase },
    to: databaseAt(join(folder, 'khatm.sqlite')),
    clock: systemClock,
    actor: 'tester',
    rewrapBy: (wrappingKey) => rewrapping(backupEncryption(wrappingKey), byFile),
  })
  return { folder, byFile }
}

const backedUpUnit = async (): Promise<string> => {
  const { owner, close } = await openDesktop()
  const companyId = (await owner.companies.create(companyInput)).id
  const unitId = (await owner.units.create({ ...unitInput, companyId })).id
  const { otp } = await owner.onboardings.rehearsalOtp({ unitId })
  await owner.onboardings.requestCsid({ unitId, otp })
  await owner.backups.plan({ folder: await folderOf(), hour: 13, keep: 7, passphrase })
  const { target } = await owner.backups.run()
  await close()
  return target
}

test('keys that the command line restored come under the keychain at the next start, and the key file goes', async () => {
  const { folder } = await restored(await backedUpUnit())
  const keyFile = join(folder, 'key-encryption.key')
  const storage = await openSqlite({ file: join(folder, 'khatm.sqlite'), exclusive: true })
  onTestFinished(() => storage.close())
  const keychain = await keychainEncryption()
  const given = { keyFile, storage, clock: systemClock, log: silent }
  const encryption = await withRestoredKeys(keychain, given)
  expect(encryption).toBe(keychain)
  await expect(readFile(keyFile)).rejects.toMatchObject({ code: 'ENOENT' })
  const [company] = await storage.read.companies()
  const [unit] = await storage.read.units(company?.id ?? '')
  if (unit?.keyId === undefined) throw new Error('the unit has a key')
  const envelope = (await storage.read.keyEnvelope(unit.keyId)) ?? ''
  expect(envelope).toMatch(/^khatm1\.keychain\./)
  expect(await keyStore(encryption).publicKey(envelope, keyBinding(unit))).toHaveLength(88)
  // Without a file there is nothing to do.
  expect(await withRestoredKeys(keychain, given)).toBe(keychain)
})

test('a key file that does not open everything stays, and goes on opening what it can', async () => {
  const { folder, byFile } = await restored(await backedUpUnit())
  const keyFile = join(folder, 'key-encryption.key')
  const storage = await openSqlite({ file: join(folder, 'khatm.sqlite'), exclusive: true })
  onTestFinished(() => storage.close())
  const stranger = await keyStore(memoryEncryption()).generate('nobody')
  await storage.write((tx) => tx.addKeyEnvelope({ ...stranger, companyId: undefined }))
  const encryption = await withRestoredKeys(await keychainEncryption(), {
    keyFile,
    storage,
    clock: systemClock,
    log: silent,
  })
  expect((await readFile(keyFile, 'utf8')).trim()).not.toBe('')
  expect(encryption.previous?.map(({ provider }) => provider)).toEqual([byFile.provider])
})

test('a key file that cannot be one is told', async () => {
  const folder = await folderOf()
  const keyFile = join(folder, 'key-encryption.key')
  await writeFile(keyFile, 'nothing', { mode: 0o600 })
  const storage = await openSqlite({ file: join(folder, 'khatm.sqlite') })
  onTestFinished(() => storage.close())
  const asked = withRestoredKeys(await keychainEncryption(), { keyFile, storage, clock: systemClock, log: silent })
  await expect(asked).rejects.toMatchObject({ code: 'key/locked' })
})
