/** Operations on backups: the last ones, and one now. */
import { Failure, failures } from '#core/errors.ts'
import { failureTexts } from '#core/messages/failures.ts'
import type { BackupRun } from '#core/ports.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

/** Enough to see whether they succeed from day to day. */
const shown = 14

export const backupHandlers = ({ members: { backups } }: Doors, office: Office) => ({
  list: backups.list.handler(async () => ({
    scheduled: office.backups !== undefined,
    nextAt: office.backups?.nextAt(),
    runs: (await office.storage.read.backupRuns(shown)).map(runView),
  })),
  run: backups.run.handler(async ({ context }) => {
    if (office.backups === undefined) throw new Failure('backup/not-set-up')
    return runView(await office.backups.run(context.user.id))
  }),
})

const isFailureCode = (code: string): code is keyof typeof failures => Object.hasOwn(failures, code)

const runView = ({ problem, ...run }: BackupRun) => ({
  ...run,
  problem: problem === undefined ? undefined : { code: problem, words: wordsOf(problem) },
})

/** A code of another release is shown as it is. */
const wordsOf = (code: string) => (isFailureCode(code) ? failureTexts[code] : { en: code, ar: code })
