/** One of everything, made as an office makes it: documents in every state, notes, a correction, people, drafts, and what runs the office. */
import type { Draft } from '#core/invoice/draft.ts'
import type { DocumentRecord, Road, Unit, Writer } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { draft, type TestOffice } from '../workflow/office.ts'
import { keptToken } from './everything.ts'

const AT = '2026-01-01T08:00:00.000Z'

export const fillOffice = async (office: TestOffice): Promise<void> => {
  await office.addUnit()
  await fillChain(office, await office.readyUnit())
  await fillChain(office, await office.readyUnit('0100'))
  await office.ports.storage.write((tx) => fillRest(tx, office.company.id))
}

const fillChain = async (office: TestOffice, unit: Unit): Promise<void> => {
  const { ports, control } = office
  const issue = async (change: Partial<Draft>): Promise<DocumentRecord> => {
    const wanted = draft({ profile: 'simplified', ...change })
    const key = `${unit.id}-${wanted.number}`
    return issueDocument(ports, { unitId: unit.id, draft: wanted, idempotencyKey: key, actor: 'سارة' })
  }
  const send = async (change: Partial<Draft>): Promise<DocumentRecord> => {
    const document = await issue(change)
    await submitDocument(ports, document.id)
    return document
  }
  const standard = unit.functionality === '0100' ? {} : ({ profile: 'standard' } as const)
  await send(standard)
  await send({})
  await send({ ...standard, kind: 'credit-note' })
  await control('answers', { status: 202, findings: [{ code: 'BR-KSA-98', message: 'late' }] })
  await send({ kind: 'debit-note' })
  await control('answers', { status: 400, findings: [{ code: 'BR-KSA-EN16931-08', message: 'wrong total' }] })
  const rejected = await send(standard)
  const reissued = await reissueDocument(ports, {
    documentId: rejected.id,
    draft: { ...draft(standard), number: rejected.number },
    idempotencyKey: `${unit.id}-reissue`,
    actor: 'سارة',
  })
  await submitDocument(ports, reissued.id)
  await control('faults', { fault: '413' })
  await send({})
  await control('faults', { fault: 'reset-after' })
  await send({})
  await control('reset', { only: ['faults', 'answers'] })
  await issue({})
}

const fillRest = async (tx: Writer, companyId: string): Promise<void> => {
  const user = { id: 'user-1', username: 'sara', name: 'سارة', role: 'owner', passwordHash: 'scrypt$kept' } as const
  const counts = { failedSignIns: 2, lockedUntil: AT, createdAt: AT }
  await tx.addUser({ ...user, ...counts, mustChangePassword: true, deactivatedAt: undefined })
  const former = { ...user, id: 'user-2', username: 'omar', name: 'عمر', role: 'issuer' } as const
  await tx.addUser({ ...former, ...counts, mustChangePassword: false, deactivatedAt: AT })
  await tx.addSession({ tokenSha256: keptToken, userId: user.id, createdAt: AT, lastSeenAt: AT, expiresAt: AT })
  await tx.saveDraft({ id: 'draft-1', companyId, draft: { number: 'مسودة' }, updatedAt: AT })
  await tx.addAudit({
    at: AT,
    actor: user.id,
    action: 'company/opened',
    subject: companyId,
    details: { reason: 'اختبار' },
  })
  await fillOperations(tx)
}

const road: Road = {
  id: 'kept',
  state: 'probing',
  reason: 'unreachable',
  changedAt: AT,
  changedBy: 'system',
  probeAt: AT,
  failures: 1,
  successes: 2,
  trips: 3,
  windowStartedAt: AT,
  windowTotal: 4,
  windowFailed: 5,
  concurrency: 6,
  concurrencyChangedAt: AT,
}

/** The first programs had none of these. */
const fillOperations = async (tx: Partial<Writer>): Promise<void> => {
  await tx.saveRoad?.(road)
  await tx.saveSetting?.({ name: 'transactionCodeDigits', value: 8, changedAt: AT, changedBy: 'user-1' })
  const run = { startedAt: AT, finishedAt: AT, target: 'نسخ', bytes: 5_000_000_000, documents: 12 }
  await tx.addBackupRun?.({ ...run, id: 'backup-1', verified: false, problem: 'storage/full' })
}
