/** Backups of the desktop: where their plan is kept, and the system's own dialog to choose a folder. */
import { join } from 'node:path'
import { dialog } from 'electron'
import { chosenPlan } from '#core/backup/chosen-plan.ts'
import type { BackupPlanner } from '#core/backup/schedule.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { keyStore } from '#core/keys/store.ts'
import type { KeyEncryption } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { version } from '#core/system/version.ts'

export interface OfficePlaces {
  readonly folder: string
  readonly database: string
  readonly anchors: string
}

export const desktopBackups = (
  { folder, database, anchors }: OfficePlaces,
  encryption: KeyEncryption,
): BackupPlanner => ({
  ...chosenPlan({
    file: join(folder, 'backups.json'),
    keys: keyStore(encryption),
    program: version,
    scratch: join(folder, 'backup-check'),
    databaseAt,
    rewrapBy: (wrappingKey) => rewrapping(encryption, backupEncryption(wrappingKey)),
  }),
  chooseFolder: async () => {
    const { filePaths } = await dialog.showOpenDialog({ properties: ['openDirectory', 'createDirectory'] })
    return filePaths[0]
  },
  restoresTo: { database, anchors },
})
