/** How long a certificate holds, coloured and worded by how urgent its end is. */
import { usePreferences } from '../../preferences.tsx'
import type { CertificateExpiry } from '../../queries.ts'

export function DaysLeft({ of: { daysLeft, level } }: { of: Pick<CertificateExpiry, 'daysLeft' | 'level'> }) {
  const { texts } = usePreferences()
  const days = texts.common.days(Math.abs(daysLeft))
  return (
    <span className="days-left" data-level={urgencyOf(level)}>
      {daysLeft < 0 ? texts.certificates.ended(days) : days}
    </span>
  )
}

/** Ninety days are a word, a month wants a plan, two weeks a decision. */
const urgencyOf = (level: CertificateExpiry['level']): 'calm' | 'warn' | 'alert' | 'late' => {
  if (level === undefined) return 'calm'
  if (level === 'expired' || level <= 7) return 'late'
  return level <= 30 ? 'alert' : 'warn'
}
