/** Backups by themselves: when one is due, which files stay, and that a failure is seen and tried again. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { type BackupPlan, backUpByPlan, isBackupDue, scheduledBackups } from '#core/backup/schedule.ts'
import type { BackupRun } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { engines } from '../storage/engines.ts'
import { filledOffice } from './office.ts'

const at = (time: string): number => Date.parse(`2026-03-02T${time}:00+03:00`)
const run = (startedAt: number, verified = true): BackupRun => ({
  id: 'run',
  startedAt: new Date(startedAt).toISOString(),
  finishedAt: new Date(startedAt).toISOString(),
  target: 'file',
  bytes: 1,
  documents: 1,
  verified,
  problem: verified ? undefined : 'storage/full',
})

describe('due', () => {
  const yesterday = at('02:00') - 24 * 3_600_000
  test.each<[string, readonly BackupRun[], string, boolean]>([
    ['the first one at once', [], '15:00', true],
    ['not again on the same day', [run(at('02:01'))], '23:59', false],
    ['at its hour', [run(yesterday)], '02:00', true],
    ['not before its hour', [run(yesterday)], '01:59', false],
    ['when the machine was off at its hour', [run(yesterday)], '09:00', true],
    ['not at once after a failure', [run(at('02:00'), false), run(yesterday)], '02:59', false],
    ['an hour after a failure', [run(at('02:00'), false), run(yesterday)], '03:01', true],
  ])('%s', (_name, runs, time, due) => {
    expect(isBackupDue(runs, { hour: 2 }, at(time))).toBe(due)
  })
})

const [sqlite] = engines
const engine = await sqlite?.start()
if (engine === undefined) throw new Error('SQLite always runs')
afterAll(() => engine.stop())

const planned = async (): Promise<BackupPlan> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-schedule-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const key = { kind: 'key-file', key: randomBytes(32) } as const
  return {
    folder: join(folder, 'backups'),
    keyKind: key.kind,
    openKey: async () => key,
    hour: 2,
    keep: 2,
    program: 'test',
    scratch: join(folder, 's'),
    databaseAt,
  }
}

test('only the last ones stay, and nobody else’s files are touched', async () => {
  const { office } = await filledOffice(engine, 1)
  const plan = await planned()
  for (let count = 0; count < 3; count += 1) {
    expect(await backUpByPlan(office.ports, plan, 'system')).toMatchObject({ verified: true })
    if (count === 0) await writeFile(join(plan.folder, 'notes.txt'), 'mine')
    office.clock.shift += 24 * 3_600_000
  }
  const files = await readdir(plan.folder)
  expect(files.filter((name) => name.endsWith('.khb'))).toHaveLength(2)
  expect(files).toContain('notes.txt')
  expect(await office.ports.storage.read.backupRuns(10)).toHaveLength(3)
})

test('a failed backup removes none of the earlier ones', async () => {
  const { office } = await filledOffice(engine, 1)
  const plan = { ...(await planned()), keep: 1 }
  await backUpByPlan(office.ports, plan, 'system')
  office.clock.shift += 24 * 3_600_000
  const dump = async () => Promise.reject(new Error('disk'))
  const storage = { ...office.ports.storage, dump }
  expect(await backUpByPlan({ ...office.ports, storage }, plan, 'system')).toMatchObject({ verified: false })
  expect(await readdir(plan.folder)).toHaveLength(1)
})

test('the loop makes one backup and no second one', async () => {
  const { office } = await filledOffice(engine, 1)
  const plan = await planned()
  const stop = new AbortController()
  const running = scheduledBackups(office.ports, { current: async () => plan }).keepOn({
    signal: stop.signal,
    everyMs: 5,
  })
  await expect.poll(async () => (await office.ports.storage.read.backupRuns(5)).length, { timeout: 10_000 }).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  stop.abort()
  await running
  expect(await office.ports.storage.read.backupRuns(5)).toMatchObject([{ verified: true }])
})

test('who asks twice gets one backup', async () => {
  const { office } = await filledOffice(engine, 1)
  const plan = await planned()
  const backups = scheduledBackups(office.ports, { current: async () => plan })
  const [one, other] = await Promise.all([backups.run('owner'), backups.run('owner')])
  expect(one).toEqual(other)
  expect(await office.ports.storage.read.backupRuns(5)).toHaveLength(1)
  const { nextAt = '' } = (await backups.planned()) ?? {}
  expect(Date.parse(nextAt)).toBeGreaterThan(office.clock.now())
})
