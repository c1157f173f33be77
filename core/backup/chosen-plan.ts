/**
 * The plan of backups that a person chooses on the screen of a desktop. It is kept in a file beside the office, not in its database: a
 * restored database would bring the folder and the passphrase of another machine. The passphrase is in it only as the key store sealed it.
 */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { Failure } from '#core/errors.ts'
import type { KeyStore } from '#core/ports.ts'
import { isLongEnough } from './key-text.ts'
import type { BackupChoice, BackupPlan, BackupPlanner } from './schedule.ts'

export interface ChosenPlanOptions extends Pick<BackupPlan, 'program' | 'scratch' | 'databaseAt' | 'rewrapBy'> {
  /** Where the choice is kept */
  readonly file: string
  readonly keys: Pick<KeyStore, 'sealSecret' | 'openSecret'>
}

const binding = 'office/backup-passphrase'

const choiceShape = z.strictObject({
  folder: z.string(),
  hour: z.int().min(0).max(23),
  keep: z.int().min(1),
  sealedPassphrase: z.string(),
})
type KeptChoice = z.infer<typeof choiceShape>

export const chosenPlan = ({ file, keys, ...rest }: ChosenPlanOptions): BackupPlanner => ({
  current: async () => {
    const kept = await keptIn(file)
    if (kept === undefined) return undefined
    const { sealedPassphrase, ...choice } = kept
    const openKey = async () => {
      return { kind: 'passphrase', passphrase: await keys.openSecret(sealedPassphrase, binding) } as const
    }
    return { ...rest, ...choice, keyKind: 'passphrase', openKey, createsFolder: false }
  },
  choose: async ({ passphrase, ...choice }) => {
    if (passphrase !== undefined) assertLongEnough(passphrase)
    await assertWritable(choice.folder)
    const sealedPassphrase =
      passphrase === undefined ? await sealedBefore(file) : await keys.sealSecret(passphrase, binding)
    await replace(file, { ...choice, sealedPassphrase })
  },
})

/** What cannot be read is asked for anew: the screen says that nothing is planned. */
const keptIn = async (file: string): Promise<KeptChoice | undefined> => {
  try {
    return choiceShape.safeParse(JSON.parse(await readFile(file, 'utf8'))).data
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      return undefined
    throw error
  }
}

const sealedBefore = async (file: string): Promise<string> => {
  const kept = await keptIn(file)
  if (kept === undefined) throw new Failure('backup/weak-passphrase', { reason: 'the first plan needs a passphrase' })
  return kept.sealedPassphrase
}

const assertLongEnough = (passphrase: NonNullable<BackupChoice['passphrase']>): void => {
  if (!isLongEnough(passphrase)) throw new Failure('backup/weak-passphrase')
}

/** The only sure test is to write: rights, read-only shares and full disks look alike otherwise. */
const assertWritable = async (folder: string): Promise<void> => {
  const trial = join(folder, `.khatm-${randomUUID()}`)
  try {
    if (!isAbsolute(folder)) throw new Error('the folder is named from nowhere')
    await writeFile(trial, '', { flag: 'wx' })
    await rm(trial)
  } catch (cause) {
    throw new Failure('backup/folder-unavailable', { cause, details: { folder } })
  }
}

/** A crash leaves the old choice or the new one, never half of it. */
const replace = async (file: string, choice: KeptChoice): Promise<void> => {
  const passing = `${file}.${randomUUID()}`
  await writeFile(passing, JSON.stringify(choice), { mode: 0o600, flush: true })
  await rename(passing, file)
}
