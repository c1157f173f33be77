/** Backups by themselves: once a day at an hour of the office, the last few kept, each run recorded whatever came of it. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asFailure } from '#core/errors.ts'
import type { BackupRun, Ports } from '#core/ports.ts'
import { pause } from '#core/workflow/pause.ts'
import { instant, riyadhTime } from '#core/workflow/riyadh-time.ts'
import { type BackupOptions, runBackup } from './backup.ts'
import type { BackupKey } from './container.ts'

type BackupPorts = Pick<Ports, 'storage' | 'clock' | 'ids' | 'log'>

export interface BackupPlan extends Pick<BackupOptions, 'program' | 'scratch' | 'databaseAt' | 'rewrapBy'> {
  readonly folder: string
  readonly key: BackupKey
  /** Hour in Riyadh, 0 to 23 */
  readonly hour: number
  /** How many files stay */
  readonly keep: number
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

export interface ScheduledBackups {
  /** When the next one is planned, ISO 8601 in UTC */
  nextAt(): string
  /** Makes one now, or joins the one that is being made */
  run(actor: string): Promise<BackupRun>
  /** Looks every `everyMs` whether one is due, until the signal; returns after the one under way */
  keepOn(options: { readonly signal: AbortSignal; readonly everyMs?: number }): Promise<void>
}

/** The backups of one installation: by themselves and on demand, one at a time. */
export const scheduledBackups = (ports: BackupPorts, plan: BackupPlan): ScheduledBackups => {
  let underWay: Promise<BackupRun> | undefined
  const run = (actor: string): Promise<BackupRun> => {
    underWay ??= backUpByPlan(ports, plan, actor).finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const runIfDue = async (): Promise<void> => {
    try {
      const runs = await ports.storage.read.backupRuns(20)
      if (isBackupDue(runs, plan, ports.clock.now())) await run('system')
    } catch (error) {
      ports.log.error('backup/not-run', { code: asFailure(error).code })
    }
  }
  return {
    nextAt: () => instant(lastPlanned(plan.hour, ports.clock.now()) + day),
    run,
    keepOn: async ({ signal, everyMs = 60_000 }) => {
      while (!signal.aborted) {
        await runIfDue()
        await pause(everyMs, signal)
      }
    },
  }
}
