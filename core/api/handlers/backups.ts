/** Operations on backups: the last ones, and one now. */
import { Failure, failures } from '#core/errors.ts'
import { failureTexts } from '#core/messages/failures.ts'
import type { BackupRun } from '#core/ports.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

/** Enough to see whether they succeed from day to day. */
const shown = 14

export const backupHandlers = ({ members: { backups } }: Doors, office: Office) => ({
  list: backups.list.handler(() => overview(office)),
  run: backups.run.handler(async ({ context }) => {
    if (office.backups === undefined) throw new Failure('backup/not-set-up')
    return runView(await office.backups.run(context.user.id))
  }),
  plan: backups.plan.handler(async ({ input, context }) => {
    if (office.backups?.choose === undefined) throw new Failure('backup/plan-fixed')
    await office.backups.choose(input, context.user.id)
    return overview(office)
  }),
  chooseFolder: backups.chooseFolder.handler(async () => {
    if (office.backups?.chooseFolder === undefined) throw new Failure('backup/plan-fixed')
    return { folder: await office.backups.chooseFolder() }
  }),
})

const overview = async ({ backups, storage }: Office) => {
  const planned = await backups?.planned()
  return {
    scheduled: planned !== undefined,
    nextAt: planned?.nextAt,
    plan: planned,
    changeable: backups?.choose !== undefined,
    restoresTo: backups?.restoresTo,
    runs: (await storage.read.backupRuns(shown)).map(runView),
  }
}

const isFailureCode = (code: string): code is keyof typeof failures => Object.hasOwn(failures, code)

const runView = ({ problem, ...run }: BackupRun) => ({
  ...run,
  problem: problem === undefined ? undefined : { code: problem, words: wordsOf(problem) },
})

/** A code of another release is shown as it is. */
const wordsOf = (code: string) => (isFailureCode(code) ? failureTexts[code] : { en: code, ar: code })
