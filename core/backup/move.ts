/**
 * Moves an office to another database, of the same engine or the other. The source is proved first; its chains are frozen before a row
 * is read, so that nothing can be issued there any more; the copy is compared table by table and proved again. Only its audit log and
 * the state of its chains change in the source, whose documents stay readable; when anything disagrees its chains are opened again.
 */
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { FrozenReason } from '#core/messages/chains.ts'
import type { AuditEntry, Chain, Clock, Database, Rewrapping, Storage } from '#core/ports.ts'
import { auditDatabase, type DatabaseAudit } from '#core/workflow/proving/audit-database.ts'
import { rewrappedRows } from './keys.ts'
import { changed, differences, type RowChanges, type Tally, tallied } from './rows.ts'

export interface MoveOptions {
  readonly from: Database
  readonly to: Database
  readonly clock: Clock
  readonly actor: string
  /** Given when the new place has another key-encryption key */
  readonly rewrapping?: Rewrapping | undefined
  readonly onProgress?: (documents: number) => void
}

export interface Moved {
  readonly documents: number
  readonly tally: Tally
}

const moved: FrozenReason = 'moved'

/** Throws `move/unproven`, `storage/not-empty`, `storage/moved`, `storage/in-use`; the source goes on as before then. */
export const moveDatabase = async (options: MoveOptions): Promise<Moved> => {
  const source = await options.from.open({ exclusive: true })
  try {
    if ((await movedChains(source)).length > 0) throw new Failure('storage/moved')
    assertProved(await proved(source, options), 'source')
    await closeSource(source, options)
    try {
      return await copyAndProve(source, options)
    } catch (error) {
      await reopenSource(source, options)
      throw error
    }
  } finally {
    await source.close()
  }
}

/** The chains of a database that was moved away; a shell does not start on one that has any. */
export const movedChains = async ({ read }: Storage): Promise<readonly Chain[]> =>
  (await read.allChains()).filter(({ frozenReason }) => frozenReason === moved)

const proved = (storage: Storage, { onProgress }: MoveOptions): Promise<DatabaseAudit> =>
  auditDatabase({ storage }, onProgress === undefined ? {} : { onProgress })

const assertProved = ({ ok, chains, brokenAuditEntry }: DatabaseAudit, which: 'source' | 'copy'): void => {
  if (ok) return
  const problem = chains.flatMap(({ problems }) => problems)[0]
  throw new Failure('move/unproven', { details: { which, problem: problem?.id, icv: problem?.icv, brokenAuditEntry } })
}

const entry = ({ clock, actor, to }: MoveOptions, action: string): AuditEntry => ({
  at: instant(clock.now()),
  actor,
  action,
  subject: 'database',
  details: { to: to.address },
})

const closeSource = (source: Storage, options: MoveOptions): Promise<void> =>
  source.write(async (tx) => {
    for (const { id, state } of await tx.allChains()) if (state === 'active') await tx.freezeChain(id, moved)
    await tx.addAudit(entry(options, 'database/moved'))
  })

const reopenSource = (source: Storage, options: MoveOptions): Promise<void> =>
  source.write(async (tx) => {
    for (const { id, frozenReason } of await tx.allChains()) if (frozenReason === moved) await tx.thawChain(id)
    await tx.addAudit(entry(options, 'database/not-moved'))
  })

/** In the copy the chains go on. */
const openChains: RowChanges = {
  chain: ({ frozen_reason: reason }) => (reason === moved ? { state: 'active', frozen_reason: null } : undefined),
}

const copyAndProve = async (source: Storage, options: MoveOptions): Promise<Moved> => {
  const keys = options.rewrapping === undefined ? {} : await rewrappedRows(source.read, options.rewrapping)
  const tally = await source.dump(async ({ schema, items }) => {
    const sent = tallied(changed(items, { ...openChains, ...keys }))
    await options.to.fill({ schema, items: sent.items })
    return sent.tally()
  })
  const copy = await options.to.open()
  try {
    const different = differences(tally, await tallyOf(copy))
    if (different.length > 0) throw new Failure('move/unproven', { details: { which: 'copy', tables: different } })
    const audit = await proved(copy, options)
    assertProved(audit, 'copy')
    return { documents: audit.documents, tally }
  } finally {
    await copy.close()
  }
}

const tallyOf = (storage: Storage): Promise<Tally> =>
  storage.dump(async ({ items }) => {
    const counted = tallied(items)
    for await (const _item of counted.items);
    return counted.tally()
  })
