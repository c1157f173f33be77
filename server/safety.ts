/** What outlives the database: anchors on volumes of their own, and daily backups, as the settings say. */
import { join } from 'node:path'
import { backupKeyOf } from '#core/backup/key-text.ts'
import type { BackupPlanner } from '#core/backup/schedule.ts'
import { readPrivate } from '#core/keys/private-file.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { systemClock } from '#core/keys/system.ts'
import type { Anchors, Log } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { folderAnchors } from '#core/system/folder-anchors.ts'
import { version } from '#core/system/version.ts'
import { joinedAnchors } from '#core/workflow/proving/anchors.ts'
import type { Config } from './config.ts'
import { keyEncryption, takenAlong } from './keys.ts'

export const openAnchors = ({ anchorDirs }: Pick<Config, 'anchorDirs'>, log: Log): Anchors =>
  joinedAnchors(
    anchorDirs.map((folder) => folderAnchors(folder, systemClock)),
    log,
  )

/** Undefined unless a folder for backups is set. Throws `key/malformed` and what opening the office's keys throws. */
export const backupPlanner = async (config: Config): Promise<BackupPlanner | undefined> => {
  if (config.backup === undefined) return undefined
  const { keyFile, ...rest } = config.backup
  const office = await keyEncryption(config)
  const key = backupKeyOf(keyFile.kind, await readPrivate(keyFile.file))
  const plan = {
    ...rest,
    keyKind: key.kind,
    openKey: async () => key,
    program: version,
    scratch: join(config.dataDir, 'backup-check'),
    databaseAt,
    rewrapBy: (wrappingKey: Uint8Array) => rewrapping(office, backupEncryption(wrappingKey), takenAlong(config)),
  }
  return { current: async () => plan }
}
