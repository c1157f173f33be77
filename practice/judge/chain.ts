/** Continuity of ICV and PIH within one CSID, told as warnings: ZATCA accepts documents in any order (spec F). */
import { createHash } from 'node:crypto'
import type { Ledger } from '../ledger.ts'
import { type Finding, finding } from './finding.ts'
import type { Invoice } from './invoice.ts'

/** PIH of the first document: base64 of the hexadecimal text of SHA-256("0"). */
export const GENESIS = Buffer.from(createHash('sha256').update('0').digest('hex')).toString('base64')

/**
 * Only contradictions count: a predecessor that has not arrived yet may still be on its way. The first document of a CSID may also
 * continue the end of another chain: what a renewal begins with is not documented (spec J2).
 */
export function chainFindings(invoice: Invoice, csid: string, ledger: Ledger): readonly Finding[] {
  const { icv, pih } = invoice.fields
  if (!/^\d+$/.test(icv)) return []
  const counter = BigInt(icv)
  const holder = ledger.hashAt(csid, counter)
  const predecessor = counter === 1n ? beginning(pih, ledger) : ledger.hashAt(csid, counter - 1n)
  return [
    ...(holder !== undefined && holder !== invoice.hash ? [finding('icv-repeated', { icv })] : []),
    ...(predecessor !== undefined && predecessor !== pih ? [finding('pih-mismatch')] : []),
  ]
}

const beginning = (pih: string, ledger: Ledger): string => {
  const isHash = Buffer.from(pih, 'base64').length === 32
  return isHash && !ledger.hasSuccessor(pih) ? pih : GENESIS
}
