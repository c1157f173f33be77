/** The plan that a person chooses: kept beside the office, refused when nobody could use it, and never with the passphrase in clear. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { openBackup } from '#core/backup/backup.ts'
import { chosenPlan } from '#core/backup/chosen-plan.ts'
import { type BackupPlanner, scheduledBackups } from '#core/backup/schedule.ts'
import { Failure } from '#core/errors.ts'
import { keyStore } from '#core/keys/store.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { engines, failing } from '../storage/engines.ts'
import { type FilledOffice, filledOffice } from './office.ts'

const [sqlite] = engines
const engine = await sqlite?.start()
if (engine === undefined) throw new Error('SQLite always runs')
afterAll(() => engine.stop())

const passphrase = 'نخلة قارب سبعة مصباح'

interface Desktop extends FilledOffice {
  readonly folder: string
  readonly disk: string
  readonly planner: BackupPlanner
  choose(change?: { passphrase?: string; folder?: string }): Promise<void>
}

const desktop = async (): Promise<Desktop> => {
  const filled = await filledOffice(engine, 2)
  const folder = await mkdtemp(join(tmpdir(), 'khatm-chosen-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const disk = join(folder, 'disk')
  await mkdir(disk)
  const planner = chosenPlan({
    file: join(folder, 'backups.json'),
    keys: keyStore(filled.encryption),
    program: 'test',
    scratch: join(folder, 'scratch'),
    databaseAt,
  })
  const choose = async (change = {}) => planner.choose?.({ folder: disk, hour: 13, keep: 3, passphrase, ...change })
  return { ...filled, folder, disk, planner, choose }
}

test('nothing is planned before somebody has chosen', async () => {
  const { office, planner } = await desktop()
  const backups = scheduledBackups(office.ports, planner)
  expect(await backups.planned()).toBeUndefined()
  await expect(backups.run('owner')).rejects.toEqual(failing('backup/not-set-up'))
})

test('what was chosen makes backups that the passphrase opens, also after a restart', async () => {
  const { office, planner, disk, choose } = await desktop()
  await choose()
  const backups = scheduledBackups(office.ports, planner)
  expect(await backups.planned()).toMatchObject({ folder: disk, hour: 13, keep: 3, keyKind: 'passphrase' })
  const run = await backups.run('owner')
  expect(run).toMatchObject({ verified: true, documents: 2 })
  const opened = await openBackup(run.target, { kind: 'passphrase', passphrase }, async ({ head, dump }) => {
    for await (const _ of dump.items);
    return head.program
  })
  expect(opened).toBe('test')
})

test('the passphrase stands in no file in clear, and in no entry of the audit log', async () => {
  const { office, planner, folder } = await desktop()
  await scheduledBackups(office.ports, planner).choose?.({ folder, hour: 1, keep: 1, passphrase }, 'owner')
  for (const form of [passphrase, Buffer.from(passphrase).toString('base64'), encodeURI(passphrase)])
    expect(await readFile(join(folder, 'backups.json'), 'utf8')).not.toContain(form)
  const [entry] = await office.ports.storage.read.audit('backup')
  expect(entry).toMatchObject({ action: 'backup/planned', actor: 'owner' })
  expect(entry?.details).toEqual({ folder, hour: 1, keep: 1, newPassphrase: true })
})

test('a change without a passphrase keeps the one of before; the first one needs one', async () => {
  const { planner, disk, choose } = await desktop()
  const withoutPassphrase = { folder: disk, hour: 5, keep: 9 }
  await expect(planner.choose?.(withoutPassphrase)).rejects.toEqual(failing('backup/weak-passphrase'))
  await choose()
  await planner.choose?.(withoutPassphrase)
  const plan = await planner.current()
  expect(plan).toMatchObject({ hour: 5, keep: 9 })
  expect(await plan?.openKey()).toEqual({ kind: 'passphrase', passphrase })
})

test.each([
  ['a short passphrase', { passphrase: 'نخلة قارب' }, 'backup/weak-passphrase'],
  ['a folder that is not there', { folder: '/nowhere/at/all' }, 'backup/folder-unavailable'],
  ['a folder named from nowhere', { folder: 'backups' }, 'backup/folder-unavailable'],
] as const)('%s is refused, and the plan of before stays', async (_what, change, code) => {
  const { planner, disk, choose } = await desktop()
  await choose()
  await expect(choose(change)).rejects.toEqual(failing(code))
  expect(await planner.current()).toMatchObject({ folder: disk, hour: 13 })
  expect(await (await planner.current())?.openKey()).toMatchObject({ passphrase })
})

test('a folder is tried, and nothing is left in it', async () => {
  const { disk, choose } = await desktop()
  await choose()
  expect(await readdir(disk)).toEqual([])
})

test('a disk that is not connected is the problem of the run, and no folder is made in its place', async () => {
  const { office, planner, disk, choose, folder } = await desktop()
  await choose()
  await rm(disk, { recursive: true })
  const run = await scheduledBackups(office.ports, planner).run('owner')
  expect(run).toMatchObject({ verified: false, problem: 'backup/folder-unavailable' })
  expect(await readdir(folder)).not.toContain('disk')
})

test('a keychain that is locked is the problem of the run', async () => {
  const { office, folder, choose } = await desktop()
  await choose()
  const other = chosenPlan({
    file: join(folder, 'backups.json'),
    keys: { sealSecret: async () => '', openSecret: () => Promise.reject(new Failure('key/locked')) },
    program: 'test',
    scratch: folder,
    databaseAt,
  })
  const run = await scheduledBackups(office.ports, other).run('owner')
  expect(run).toMatchObject({ verified: false, problem: 'key/locked' })
  expect(await office.ports.storage.read.backupRuns(1)).toEqual([run])
})

test('a plan that cannot be read is none', async () => {
  const { planner, folder, choose } = await desktop()
  await choose()
  await writeFile(join(folder, 'backups.json'), '{"folder":')
  expect(await planner.current()).toBeUndefined()
})

test.runIf(process.platform !== 'win32')('only its owner reads the plan', async () => {
  const { folder, choose } = await desktop()
  await choose()
  const { mode } = await stat(join(folder, 'backups.json'))
  expect(mode & 0o077).toBe(0)
})
