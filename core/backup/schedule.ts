/** Backups by themselves: once a day at an hour of the office, the last few kept, each run recorded whatever came of it. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asFailure, Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import { given } from '#core/invoice/given.ts'
import type { BackupRun, Ports } from '#core/ports.ts'
import { pause } from '#core/workflow/pause.ts'
import { riyadhTime } from '#core/workflow/riyadh-time.ts'
import { type BackupOptions, runBackup } from './backup.ts'
import type { BackupKey } from './container.ts'

type BackupPorts = Pick<Ports, 'storage' | 'clock' | 'ids' | 'log'>

type Making = Pick<BackupOptions, 'openKey' | 'createsFolder' | 'program' | 'scratch' | 'databaseAt' | 'rewrapBy'>

export interface BackupPlan extends Making {
  readonly folder: string
  /** What opens the backups */
  readonly keyKind: BackupKey['kind']
  /** Hour in Riyadh, 0 to 23 */
  readonly hour: number
  /** How many files stay */
  readonly keep: number
}

/** What a person decides about the backups of a desktop. */
export interface BackupChoice extends Pick<BackupPlan, 'folder' | 'hour' | 'keep'> {
  /** Absent: the one of before */
  readonly passphrase?: string | undefined
}

/** Where the plan comes from: the environment of a server, or the screen of a desktop. */
export interface BackupPlanner {
  /** Undefined while nobody has said where and with which key */
  current(): Promise<BackupPlan | undefined>
  /** Absent where people do not choose. Throws `backup/folder-unavailable`, `backup/weak-passphrase`; nothing is changed then. */
  choose?: (choice: BackupChoice) => Promise<void>
  /** The system's own dialog; undefined when the person changed his mind */
  chooseFolder?: () => Promise<string | undefined>
  /** Where a restored office goes, for the command that people are told */
  readonly restoresTo?: RestorePlace
}

export interface RestorePlace {
  readonly database: string
  readonly anchors: string
}

const hour = 3_600_000
const day = 24 * hour

/** A failed one is tried again after an hour, a missed one (the machine was off) as soon as possible. */
export const isBackupDue = (
  runs: readonly BackupRun[],
  { hour: planned }: Pick<BackupPlan, 'hour'>,
  now: number,
): boolean => {
  const wanted = lastPlanned(planned, now)
  const good = runs.some(({ verified, startedAt }) => verified && Date.parse(startedAt) >= wanted)
  const tried = runs.some(({ startedAt }) => Date.parse(startedAt) > now - hour)
  return !good && !tried
}

/** The latest moment not after now at which the clock in Riyadh stood at that hour. */
const lastPlanned = (planned: number, now: number): number => {
  const today = Date.parse(`${riyadhTime(now).date}T${String(planned).padStart(2, '0')}:00:00+03:00`)
  return today <= now ? today : today - day
}

const ours = /^khatm-\d{4}-\d{2}-\d{2}T\d{6}\.khb$/

/** `khatm-2026-03-01T020000.khb`, in Riyadh's time. */
export const backupName = (now: number): string => {
  const { date, time } = riyadhTime(now)
  return `khatm-${date}T${time.replaceAll(':', '')}.khb`
}

/** One backup now, by the plan; older files go once this one is good. */
export const backUpByPlan = async (ports: BackupPorts, plan: BackupPlan, actor: string): Promise<BackupRun> => {
  const file = join(plan.folder, backupName(ports.clock.now()))
  const run = await runBackup(ports, { ...plan, file, actor })
  if (run.verified) await removeOld(plan)
  return run
}

const removeOld = async ({ folder, keep }: BackupPlan): Promise<void> => {
  const files = (await readdir(folder)).filter((name) => ours.test(name)).toSorted()
  for (const name of files.slice(0, -keep)) await rm(join(folder, name))
}

export interface PlannedBackups extends Pick<BackupPlan, 'folder' | 'hour' | 'keep' | 'keyKind'> {
  /** ISO 8601 in UTC */
  readonly nextAt: string
}

export interface ScheduledBackups extends Pick<BackupPlanner, 'chooseFolder' | 'restoresTo'> {
  planned(): Promise<PlannedBackups | undefined>
  /** Makes one now, or joins the one that is being made. Throws `backup/not-set-up`. */
  run(actor: string): Promise<BackupRun>
  /** In force from the next backup on, with an entry in the audit log; absent where the environment decides */
  choose?: (choice: BackupChoice, actor: string) => Promise<void>
  /** Looks every `everyMs` whether one is due, until the signal; returns after the one under way */
  keepOn(options: { readonly signal: AbortSignal; readonly everyMs?: number }): Promise<void>
}

/** The backups of one installation: by themselves and on demand, one at a time. */
export const scheduledBackups = (ports: BackupPorts, planner: BackupPlanner): ScheduledBackups => {
  let underWay: Promise<BackupRun> | undefined
  const make = async (actor: string): Promise<BackupRun> => {
    const plan = await planner.current()
    if (plan === undefined) throw new Failure('backup/not-set-up')
    return backUpByPlan(ports, plan, actor)
  }
  const run = (actor: string): Promise<BackupRun> => {
    underWay ??= make(actor).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const runIfDue = async (): Promise<void> => {
    try {
      const plan = await planner.current()
      if (plan === undefined) return
      const runs = await ports.storage.read.backupRuns(20)
      if (isBackupDue(runs, plan, ports.clock.now())) await run('system')
    } catch (error) {
      ports.log.error('backup/not-run', { code: asFailure(error).code })
    }
  }
  const { choose, chooseFolder, restoresTo } = planner
  return {
    ...given({ chooseFolder, restoresTo, choose: choose && audited(ports, choose) }),
    planned: async () => {
      const plan = await planner.current()
      return plan && plannedBackups(plan, ports.clock.now())
    },
    run,
    keepOn: async ({ signal, everyMs = 60_000 }) => {
      while (!signal.aborted) {
        await runIfDue()
        await pause(everyMs, signal)
      }
    },
  }
}

const plannedBackups = ({ folder, hour, keep, keyKind }: BackupPlan, now: number): PlannedBackups => ({
  folder,
  hour,
  keep,
  keyKind,
  nextAt: instant(lastPlanned(hour, now) + day),
})

/** The passphrase itself is written down nowhere, only that there is another one. */
const audited =
  ({ storage, clock }: BackupPorts, choose: NonNullable<BackupPlanner['choose']>) =>
  async (choice: BackupChoice, actor: string): Promise<void> => {
    await choose(choice)
    const { folder, hour, keep, passphrase } = choice
    const details = { folder, hour, keep, newPassphrase: passphrase !== undefined }
    const at = instant(clock.now())
    await storage.write((tx) => tx.addAudit({ at, actor, action: 'backup/planned', subject: 'backup', details }))
  }
