/** Unfinished documents: kept exactly as they were typed, judged only when somebody asks. */
import { type Actor, auditEntry } from '#core/audit-entry.ts'
import { Failure } from '#core/errors.ts'
import { instant } from '#core/instant.ts'
import type { Ports, SavedDraft, Writer } from '#core/ports.ts'

export interface DraftPlace extends Actor {
  readonly companyId: string
  /** Chosen by whoever edits, so that saving again replaces */
  readonly id: string
}

/** As JSON text; a draft of 100,000 lines stays below it. */
const LARGEST = 64 * 1024 * 1024

type Needed = Pick<Ports, 'storage' | 'clock'>

/** Throws `company/not-found`, `request/too-large`, `request/not-found` when the id belongs to another company's draft. */
export const saveDraft = async (
  ports: Needed,
  input: DraftPlace & { readonly draft: unknown },
): Promise<SavedDraft> => {
  const { id, companyId, draft } = input
  if ((JSON.stringify(draft) ?? '').length > LARGEST) throw new Failure('request/too-large')
  const saved: SavedDraft = { id, companyId, draft: draft ?? null, updatedAt: instant(ports.clock.now()) }
  await ports.storage.write(async (tx) => {
    const before = await ownDraft(tx, input)
    await tx.saveDraft(saved)
    // An editor saves at every pause: the log says who began a draft, not each time it was saved.
    if (before === undefined) await tx.addAudit(auditEntry(ports, input.actor, 'draft/saved', id, { companyId }))
  })
  return saved
}

/** Removing what is not there is fine: a second press of the same button. */
export const removeDraft = (ports: Needed, input: DraftPlace): Promise<void> =>
  ports.storage.write(async (tx) => {
    if ((await ownDraft(tx, input)) === undefined) return
    await tx.removeDraft(input.id)
    const { actor, id, companyId } = input
    await tx.addAudit(auditEntry(ports, actor, 'draft/removed', id, { companyId }))
  })

const ownDraft = async (tx: Writer, { id, companyId }: DraftPlace): Promise<SavedDraft | undefined> => {
  if ((await tx.company(companyId)) === undefined)
    throw new Failure('company/not-found', { details: { id: companyId } })
  const found = await tx.draft(id)
  if (found !== undefined && found.companyId !== companyId) throw new Failure('request/not-found', { details: { id } })
  return found
}
