/** The ledger of every document that the gateway has judged; kept in a journal when there is a folder for it. */
import { appendFileSync, existsSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FindingCode } from './messages.ts'

const entrySchema = z.object({
  at: z.string(),
  environment: z.string(),
  endpoint: z.enum(['compliance', 'reporting', 'clearance']),
  csid: z.string(),
  vatNumber: z.string(),
  number: z.string(),
  kind: z.string(),
  icv: z.string(),
  pih: z.string(),
  uuid: z.string(),
  hash: z.string(),
  status: z.number(),
  outcome: z.enum(['accepted', 'accepted-with-warnings', 'rejected', 'duplicate']),
  codes: z.array(z.string()),
  /** SHA-256 in hexadecimal of the request body and of the XML inside it, as they arrived. */
  requestSha256: z.string(),
  invoiceSha256: z.string(),
})

/** One judged document. Compliance documents are listed, but count neither as duplicates nor in a chain. */
export type Entry = z.infer<typeof entrySchema>

/** A document that is not what its sender hashed holds no place in the chain. */
const DAMAGED: FindingCode = 'invalid-invoice-hash'

export interface Ledger {
  add(entry: Entry): void
  entries(): readonly Entry[]
  /** The accepted submission of this hash by whatever CSID, if it happened at `since` (milliseconds) or later. */
  acceptedSince(environment: string, hash: string, since: number): Entry | undefined
  /** The hash of the first document that carried this counter value, whatever became of it. */
  hashAt(csid: string, icv: bigint): string | undefined
  /** Whether a chain has gone on behind the document of this hash. */
  hasSuccessor(hash: string): boolean
  /** For each CSID the counter values below its highest that never arrived. */
  gaps(): Readonly<Record<string, readonly string[]>>
  clear(): void
}

export function openLedger(folder?: string): Ledger {
  const journal = folder && join(folder, 'ledger.jsonl')
  const entries: Entry[] = []
  const accepted = new Map<string, Entry>()
  const chains = new Map<string, Map<bigint, string>>()

  function index(entry: Entry): void {
    entries.push(entry)
    if (entry.endpoint === 'compliance') return
    if (entry.outcome.startsWith('accepted')) accepted.set(`${entry.environment} ${entry.hash}`, entry)
    if (/^\d+$/.test(entry.icv) && !entry.codes.includes(DAMAGED)) take(chains, entry)
  }
  if (journal) readJournal(journal).forEach(index)

  return {
    add(entry) {
      index(entry)
      if (journal) appendFileSync(journal, `${JSON.stringify(entry)}\n`)
    },
    entries: () => entries,
    acceptedSince(environment, hash, since) {
      const entry = accepted.get(`${environment} ${hash}`)
      return entry && Date.parse(entry.at) >= since ? entry : undefined
    },
    hashAt: (csid, icv) => chains.get(csid)?.get(icv),
    hasSuccessor: (hash) => [...chains.values()].some((chain) => isInside(chain, hash)),
    gaps: () => Object.fromEntries([...chains].map(([csid, chain]) => [csid, missing(chain)])),
    clear() {
      entries.length = 0
      accepted.clear()
      chains.clear()
      if (journal) rmSync(journal, { force: true })
    },
  }
}

function take(chains: Map<string, Map<bigint, string>>, { csid, icv, hash }: Entry): void {
  const chain = chains.get(csid) ?? new Map<bigint, string>()
  chains.set(csid, chain)
  if (!chain.has(BigInt(icv))) chain.set(BigInt(icv), hash)
}

const highestOf = (chain: ReadonlyMap<bigint, string>): bigint =>
  [...chain.keys()].reduce((highest, counter) => (counter > highest ? counter : highest), 0n)

const isInside = (chain: ReadonlyMap<bigint, string>, hash: string): boolean => {
  const highest = highestOf(chain)
  return [...chain].some(([counter, own]) => own === hash && counter < highest)
}

/** At most a hundred: a document with an absurd counter value must not fill the memory. */
function missing(chain: ReadonlyMap<bigint, string>): readonly string[] {
  const highest = highestOf(chain)
  const found: string[] = []
  for (let icv = 1n; icv < highest && found.length < 100; icv++) if (!chain.has(icv)) found.push(`${icv}`)
  return found
}

/** What stands after the last line end was cut off while it was written and is removed. */
function readJournal(journal: string): readonly Entry[] {
  if (!existsSync(journal)) return []
  const text = readFileSync(journal, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(journal, Buffer.byteLength(whole))
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)))
}
