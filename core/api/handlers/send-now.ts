/** Sends a document at once and waits a little: whoever stands at the counter wants to see it cleared. */
import { asFailure } from '#core/errors.ts'
import type { DocumentStatus, Ports } from '#core/ports.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'

/** Reliability section 5: then the answer shows the state as it is, and the outbox goes on. */
const patienceMs = 8_000
const lookEveryMs = 100

/** Never fails: a document that could not be sent stays in the outbox. `insist`: a person asked for this one. */
export const sendNow = async (ports: Ports, documentId: string, options: SendOptions = {}): Promise<void> => {
  const until = performance.now() + patienceMs
  const standing = await Promise.race([trySubmit(ports, documentId, options), pause(patienceMs)])
  if (standing !== undefined && standing.state !== 'sending') return
  // The outbox may have been faster and be sending it: its answer is as good as ours.
  while (performance.now() < until && (await isUnderWay(ports, documentId))) await pause(lookEveryMs)
}

interface SendOptions {
  readonly insist?: boolean
}

const trySubmit = async (
  ports: Ports,
  documentId: string,
  options: SendOptions,
): Promise<DocumentStatus | undefined> => {
  try {
    return await submitDocument(ports, documentId, options)
  } catch (error) {
    ports.log.warn('submit/at-once-failed', { document: documentId, code: asFailure(error).code })
    return undefined
  }
}

const isUnderWay = async ({ storage }: Ports, documentId: string): Promise<boolean> =>
  (await storage.read.documentStatus(documentId))?.state === 'sending'

/** Never the reason why a program that is done does not end. */
const pause = (milliseconds: number): Promise<undefined> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds, undefined).unref())
