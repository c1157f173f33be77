/** What must hold of a file after whoever wrote it was stopped, however that happened (G1, G2, G4). */
import { expect } from 'vitest'
import { openSqlite } from '#core/storage/sqlite.ts'

/** `acknowledged`: lines of `crash-writer.ts`. Nothing of them is lost, and the chain has neither gap nor fork nor half a document. */
export const expectAllKept = async (file: string, acknowledged: readonly string[]): Promise<void> => {
  const storage = await openSqlite({ file })
  try {
    const [company] = await storage.read.companies()
    const [unit] = await storage.read.units(company?.id ?? '')
    const chain = await storage.read.activeChain(unit?.id ?? '')
    const documents = (await storage.read.chainDocuments(chain?.id ?? '', 0, 10_000)).map(({ document }) => document)
    const stored = new Set(documents.map(({ icv, uuid }) => `${icv} ${uuid}`))
    expect(acknowledged.filter((line) => !stored.has(line))).toEqual([])
    expect(documents.map(({ icv }) => icv)).toEqual(documents.map((_, index) => index + 1))
    expect(documents.slice(1).map(({ pih }) => pih)).toEqual(documents.slice(0, -1).map(({ hash }) => hash))
    expect(chain).toMatchObject({ lastIcv: documents.length, lastHash: documents.at(-1)?.hash })
    expect((await storage.read.outboxCounts()).waiting).toBe(documents.length)
  } finally {
    await storage.close()
  }
}
