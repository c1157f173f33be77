/** What a checked file or QR code comes down to: one standing for each area, the worst of them for the whole. */
import type { CheckedFile, QrReading } from '../../queries.ts'

export type Standing = 'sound' | 'warnings' | 'errors'

export interface Verdict {
  readonly overall: Standing
  readonly areas: Readonly<Record<Area, Standing | 'absent'>>
  /** Stamp or QR code do not show that this is what the seller issued */
  readonly unproven: boolean
}

export const areas = ['rules', 'stamp', 'qr'] as const
export type Area = (typeof areas)[number]

type Violation = CheckedFile['violations'][number]
type Proof = CheckedFile['proofs'][number]

/** BR-KSA-98 speaks to the seller who has yet to report: to whoever receives the file later it says nothing about it. */
export const isRemark = ({ rule }: Pick<Violation, 'rule'>): boolean => rule === 'BR-KSA-98'

const areaOf = (id: string): Area => {
  if (id.startsWith('QR/')) return 'qr'
  return /^(?:SIGNATURE|CERTIFICATE)\//.test(id) ? 'stamp' : 'rules'
}

const worst = (standings: readonly Standing[]): Standing =>
  (['errors', 'warnings'] as const).find((standing) => standings.includes(standing)) ?? 'sound'

const standingOf = ({ severity }: { readonly severity: 'error' | 'warning' }): Standing => `${severity}s`

export const verdictOf = (checked: CheckedFile): Verdict => {
  const { violations, proofs, signed, qr, document } = checked
  const judged = violations.filter((violation) => !isRemark(violation))
  const found = (area: Area): Standing =>
    worst([
      ...judged.filter(({ rule }) => areaOf(rule) === area).map(standingOf),
      ...proofs.filter(({ id }) => areaOf(id) === area).map((proof) => ofProof(proof, judged, document.profile)),
    ])
  const standings = {
    rules: found('rules'),
    stamp: signed ? found('stamp') : 'absent',
    qr:
      qr === undefined && found('qr') === 'sound'
        ? 'absent'
        : worst([found('qr'), ...(qr?.oddities ?? []).map(standingOf)]),
  } as const
  const unproven = Object.values(standings).includes('absent') || proofs.some(isDoubt)
  const missing: readonly Standing[] = unproven ? ['warnings'] : []
  return {
    overall: worst([...Object.values(standings).filter((one) => one !== 'absent'), ...missing]),
    areas: standings,
    unproven,
  }
}

/** ZATCA's validator judges simplified documents only; what it leaves there is no error, elsewhere nobody else would tell. */
const ofProof = ({ id, ok }: Proof, judged: readonly Violation[], profile: string | undefined): Standing => {
  if (ok) return 'sound'
  const violation = judged.find(({ rule }) => rule === id)
  if (violation !== undefined) return standingOf(violation)
  return profile === 'simplified' ? 'warnings' : 'errors'
}

/** A time written in another way casts no doubt on who issued the document. */
const isDoubt = ({ id, ok }: Proof): boolean => !ok && id !== 'QR/timeStamp'

export const qrVerdictOf = ({ oddities }: QrReading): Standing => worst(oddities.map(standingOf))
