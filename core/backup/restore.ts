/** Restoring: into an empty database, with its keys, and with every chain frozen until it is known that none went on after the backup. */
import { basename } from 'node:path'
import { instant } from '#core/instant.ts'
import type { FrozenReason } from '#core/messages/chains.ts'
import type { AuditEntry, Clock, Database } from '#core/ports.ts'
import { type Rewrapped, rewrapAll } from '#core/workflow/rewrap.ts'
import { openBackup } from './backup.ts'
import type { BackupKey } from './container.ts'
import type { RewrapBy } from './keys.ts'
import { type BackupHead, changed, type RowChanges, type Tally } from './rows.ts'

export interface RestoreOptions {
  readonly file: string
  readonly key: BackupKey
  readonly to: Database
  readonly clock: Clock
  readonly actor: string
  /** From the backup's wrapping to that of the office; absent leaves the keys as they are in the backup */
  readonly rewrapBy?: RewrapBy | undefined
}

export interface Restored {
  readonly head: BackupHead
  readonly tally: Tally
  /** What came of bringing the keys under the office's key-encryption key; absent when they stay as they were in the backup */
  readonly keys: Rewrapped | undefined
}

const restoredReason: FrozenReason = 'restored'

/** G13: what was issued after the backup is not in it, so nothing is issued before anchors or archive have been asked. */
const frozenChains: RowChanges = {
  chain: ({ state }) => (state === 'active' ? { state: 'frozen', frozen_reason: restoredReason } : undefined),
}

/** Throws `storage/not-empty` and leaves the target as it was; `backup/wrong-key` and `backup/damaged` likewise. */
export const restoreBackup = async (options: RestoreOptions): Promise<Restored> => {
  const { file, key, to, rewrapBy, clock, actor } = options
  return openBackup(file, key, async ({ head, dump, tally, wrappingKey }) => {
    await to.fill({ ...dump, items: changed(dump.items, frozenChains) })
    const storage = await to.open()
    try {
      await storage.write((tx) => tx.addAudit(entryOf(options, head)))
      const wanted = rewrapBy !== undefined && head.keys === 'in-backup'
      const keys = wanted ? await rewrapAll({ storage, clock }, rewrapBy(wrappingKey), actor) : undefined
      return { head, tally: tally(), keys }
    } finally {
      await storage.close()
    }
  })
}

const entryOf = ({ file, actor, clock }: RestoreOptions, { takenAt, program }: BackupHead): AuditEntry => ({
  at: instant(clock.now()),
  actor,
  action: 'database/restored',
  subject: 'database',
  details: { file: basename(file), takenAt, program },
})
