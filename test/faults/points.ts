/** The named places between two steps of the program at which a fault is put, told from outside by what passes through the ports. */

/** A step as the ports see it, and which side of it. */
export type Place = `${'before' | 'during' | 'after'} ${string}`

/** Issuing: one transaction, then a file. */
export const issuing = {
  'before the lock': 'before lockChain',
  'under the lock': 'after lockChain',
  'before the signature': 'before sign',
  signed: 'after sign',
  'before the document is written': 'before appendDocuments',
  'document written': 'after appendDocuments',
  'before the commit': 'before commit of issue',
  'committed, not answered': 'after commit of issue',
  'before the archive': 'before put',
} as const satisfies Readonly<Record<string, Place>>

/** Sending: a transaction that journals, the network, a transaction that records, then a file. */
export const sending = {
  leased: 'after claimOutbox',
  journalled: 'after addAttempt',
  'before the commit of the journal': 'before commit of claim',
  'journal committed, socket closed': 'before submit',
  'request sent': 'during submit',
  'answered, not recorded': 'after submit',
  'attempt finished': 'after finishAttempt',
  'before the result': 'before settle',
  'result written': 'after settle',
  'before the commit of the result': 'before commit of record',
  'settled, not archived': 'after commit of record',
} as const satisfies Readonly<Record<string, Place>>

/** What happens to the program at a place. */
export type Act = 'kill' | 'pause' | 'fail'
