/** What a person does about everything that waits for one: opens closed roads and frozen chains, and sends held documents again. */
import { asFailure } from '#core/errors.ts'
import type { Ports } from '#core/ports.ts'
import { resumeRoad } from '#core/workflow/sending/roads.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'

/** How many documents were sent again. */
export const attend = async (ports: Ports): Promise<number> => {
  const { storage } = ports
  for (const { id, state } of await storage.read.allChains()) {
    if (state === 'frozen') await storage.write((tx) => tx.thawChain(id))
  }
  for (const { id, state } of await storage.read.roads()) {
    if (state !== 'open') await resumeRoad(ports, { id, actor: 'tester' })
  }
  const [company] = await storage.read.companies()
  const { rows } = await storage.read.documents({ companyId: company?.id ?? '', state: 'held', limit: 200 })
  for (const { document } of rows) await sendAgain(ports, document.id)
  return rows.length
}

const sendAgain = async (ports: Ports, documentId: string): Promise<void> => {
  try {
    await submitDocument(ports, documentId, { insist: true })
  } catch (error) {
    ports.log.error('attend/failed', { document: documentId, code: asFailure(error).code })
  }
}
