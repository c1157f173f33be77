/** What is on its way to ZATCA, of all companies: counted for the board, and listed by the time that is left. */
import { and, asc, count, eq, isNotNull, min } from 'drizzle-orm'
import type { OpenTally, OutboxRow, Reader } from '#core/ports.ts'
import type { Db } from './db.ts'
import { ofCompanies, status, statuses } from './documents.ts'
import { document, outbox } from './schema.postgres.ts'

type OpenDocumentReader = Pick<Reader, 'openDocuments' | 'openTallies'>

export const openDocumentReader = (db: Db): OpenDocumentReader => ({
  openDocuments: async ({ state, profile, within = 'all', limit }) => {
    const asked = and(
      isNotNull(outbox.documentId),
      state === undefined ? undefined : eq(outbox.state, state),
      profile === undefined ? undefined : eq(document.profile, profile),
      ofCompanies(within),
    )
    const rows = await statuses(db).where(asked).orderBy(asc(outbox.deadlineAt), asc(outbox.documentId)).limit(limit)
    return rows.map(status)
  },
  openTallies: async () => {
    const parts = await db
      .select({
        companyId: document.companyId,
        environment: document.environment,
        state: outbox.state,
        profile: document.profile,
        documents: count(),
        oldestSealedAt: min(document.sealedAt),
        deadlineAt: min(outbox.deadlineAt),
      })
      .from(outbox)
      .innerJoin(document, eq(document.id, outbox.documentId))
      .groupBy(document.companyId, document.environment, outbox.state, document.profile)
      .orderBy(document.companyId, document.environment)
    const groups = Map.groupBy(parts, ({ companyId, environment }) => `${companyId} ${environment}`)
    return [...groups.values()].flatMap(tally)
  },
})

interface Part extends Pick<OpenTally, 'companyId' | 'environment'> {
  readonly state: OutboxRow['state']
  readonly profile: 'standard' | 'simplified'
  readonly documents: number
  readonly oldestSealedAt: string | null
  readonly deadlineAt: string | null
}

const tally = (parts: readonly Part[]): readonly OpenTally[] => {
  const [first] = parts
  const oldestSealedAt = earliest(parts.map((part) => part.oldestSealedAt))
  if (first === undefined || oldestSealedAt === undefined) return []
  const inState = (...states: readonly OutboxRow['state'][]) =>
    parts.filter(({ state }) => states.includes(state)).reduce((sum, { documents }) => sum + documents, 0)
  return [
    {
      companyId: first.companyId,
      environment: first.environment,
      waiting: inState('pending', 'sending'),
      unknown: inState('unknown'),
      held: inState('held'),
      oldestSealedAt,
      deadlineAt: earliest(parts.map(({ profile, deadlineAt }) => (profile === 'simplified' ? deadlineAt : null))),
    },
  ]
}

/** Instants are text that sorts by time. */
const earliest = (instants: readonly (string | null)[]): string | undefined =>
  instants.filter((instant) => instant !== null).sort()[0]
