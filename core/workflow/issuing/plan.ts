/** A sale on its way to a document: as it was asked for, as it was checked, and with its place in the chain. */
import type { Invoice } from '#core/invoice/document.ts'
import type { Draft } from '#core/invoice/draft.ts'
import type { Prepared } from '#core/ports.ts'
import type { CheckedSale } from './check-sale.ts'

export interface IssueRequest {
  readonly unitId: string
  readonly draft: Draft
  /** The same key with the same body gives the same document, for ever (G3) */
  readonly idempotencyKey: string
  readonly actor: string
  /** `import`: the sale was made earlier at the client's till, so the draft brings its own date and time */
  readonly road?: 'form' | 'import'
}

/** The rejected document that a corrected one takes the place of. */
export interface Predecessor {
  readonly id: string
  readonly reissueNo: number
}

/** All that is known of one document before the lock is taken. */
export interface Plan extends CheckedSale {
  readonly request: IssueRequest
  readonly bodySha256: string
  readonly predecessor: Predecessor | undefined
}

/** Counter, previous hash and sealing time as they were taken, with everything that follows from them. */
export interface Place {
  readonly plan: Plan
  readonly icv: number
  readonly pih: string
  readonly sealedAt: number
  readonly invoice: Invoice
  readonly prepared: Prepared
}
