/** An office with real documents on any engine: some cleared, some reported, some not sent yet. */
import { onTestFinished } from 'vitest'
import { memoryEncryption } from '#core/keys/providers.ts'
import type { Database, DocumentRecord, KeyEncryption, Unit } from '#core/ports.ts'
import { databaseAt } from '#core/storage/databases.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import type { TestDatabase } from '../storage/databases.ts'
import type { RunningEngine } from '../storage/engines.ts'
import { draft, openOffice, type TestOffice } from '../workflow/office.ts'

export interface FilledOffice {
  readonly office: TestOffice
  readonly database: Database
  readonly unit: Unit
  /** The office's key-encryption key */
  readonly encryption: KeyEncryption
}

/** An empty database on the engine. */
export const newDatabase = async (engine: RunningEngine): Promise<Database> => at(await engine.create())

/** Opened through its address as a shell does. */
const at = ({ address }: TestDatabase): Database => databaseAt('file' in address ? address.file : address.url)

export const issue = async ({ ports }: TestOffice, unit: Unit, change: Parameters<typeof draft>[0] = {}) => {
  const wanted = draft(change)
  return issueDocument(ports, { unitId: unit.id, draft: wanted, idempotencyKey: wanted.number, actor: 'tester' })
}

export const issueAndSend = async (office: TestOffice, unit: Unit, change?: Parameters<typeof draft>[0]) => {
  const document = await issue(office, unit, change)
  await submitDocument(office.ports, document.id)
  return document
}

/** One unit with `documents` documents: standard and simplified in turn, all sent but the last. */
export const filledOffice = async (
  engine: RunningEngine,
  documents = 4,
  given: Partial<Pick<FilledOffice, 'database' | 'encryption'>> = {},
): Promise<FilledOffice> => {
  const { database = at(await engine.createMigrated()), encryption = memoryEncryption() } = given
  const office = await openOffice({ open: database.open, encryption })
  onTestFinished(() => office.close())
  const unit = await office.readyUnit()
  for (let count = 1; count <= documents; count += 1) {
    const profile = count % 2 === 0 ? ({ profile: 'simplified' } as const) : {}
    if (count === documents) await issue(office, unit, profile)
    else await issueAndSend(office, unit, profile)
  }
  return { office, database, unit, encryption }
}

export const chainLinks = async ({ ports }: TestOffice, unit: Unit): Promise<readonly DocumentRecord[]> => {
  const [chain] = await ports.storage.read.chains(unit.id)
  const links = await ports.storage.read.chainDocuments(chain?.id ?? '', 0, 1000)
  return links.map(({ document }) => document)
}
