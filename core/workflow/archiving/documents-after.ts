/** A chain from one of its counters on, in pages: a document may have several megabytes, a chain a hundred thousand documents. */
import type { Reader } from '#core/ports.ts'

const pageLength = 50

/** In the order of their counters; those that are issued meanwhile come too. */
export async function* documentsAfter(read: Pick<Reader, 'chainDocuments'>, chainId: string, after: number) {
  for (let last = after; ; ) {
    const page = await read.chainDocuments(chainId, last, pageLength)
    yield* page
    if (page.length < pageLength) return
    last = page.at(-1)?.document.icv ?? last
  }
}
