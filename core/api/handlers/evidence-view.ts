/** The evidence bundle as a caller gets it: JSON, bytes as base64, people by their names, no secrets. */
import type { z } from 'zod'
import { instant } from '#core/instant.ts'
import { chainStateTexts } from '#core/messages/index.ts'
import type { DocumentRecord } from '#core/ports.ts'
import type { EvidenceBundle, ProvenFile } from '#core/workflow/proving/evidence-bundle.ts'
import type { evidence } from '../contract/evidence.ts'
import type { Actor } from './actors.ts'
import { certificateView, qrReadingView } from './check-views.ts'
import type { Office } from './office.ts'
import { attemptView, documentDetail, historyView } from './views.ts'

type EvidenceView = z.input<typeof evidence>

export const evidenceView = (
  { clock, version }: Pick<Office, 'clock' | 'version'>,
  bundle: EvidenceBundle,
  actors: readonly Actor[],
): EvidenceView => {
  const { company, unit, signed, cleared, fileName, attempts, history, proofs } = bundle
  return {
    format: 'khatm-evidence-1',
    madeAt: instant(clock.now()),
    version,
    company: { id: company.id, name: company.name, vatNumber: company.vatNumber },
    unit: { id: unit.id, name: unit.name, branch: unit.branch, environment: unit.environment },
    document: documentDetail(bundle, actors),
    signed: fileView(fileName, signed),
    cleared: cleared && fileView(fileName, cleared),
    transmissions: attempts.map((attempt) => ({
      ...attemptView(attempt),
      fence: attempt.fence,
      requestSha256: attempt.requestSha256,
      response: attempt.response,
    })),
    outcome: outcomeView(bundle),
    chain: chainView(bundle),
    proofs: [...proofs],
    history: history.map((entry) => ({ ...historyView(entry, actors), details: { ...entry.details } })),
  }
}

const fileView = (fileName: string, { bytes, sha256, inspection }: ProvenFile): EvidenceView['signed'] => {
  const { proofs, certificate, qr } = inspection
  return {
    fileName,
    base64: Buffer.from(bytes).toString('base64'),
    sha256,
    proofs: [...proofs],
    certificate: certificate && certificateView(certificate),
    qr: qr && qrReadingView(qr),
  }
}

const outcomeView = ({ result }: EvidenceBundle): EvidenceView['outcome'] =>
  result && {
    word: result.outcome,
    duplicate: result.duplicate,
    decidedByFence: result.decidedByFence,
    at: result.at,
    findings: [...result.findings],
  }

const chainView = ({ chain, previous, next }: EvidenceBundle): EvidenceView['chain'] =>
  chain && {
    id: chain.id,
    epoch: chain.epoch,
    state: chain.state,
    standing: chainStateTexts(chain.state, chain.frozenReason),
    lastIcv: chain.lastIcv,
    previous: previous && neighbourView(previous),
    next: next && neighbourView(next),
  }

const neighbourView = ({ id, number, icv, uuid, hash }: DocumentRecord) => ({ id, number, icv, uuid, hash })
