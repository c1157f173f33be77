/** A QR code that was read without its document. */
import type { ReactNode } from 'react'
import { useTexts } from '../../preferences.tsx'
import type { QrReading } from '../../queries.ts'
import { Banner } from './banner.tsx'
import { QrCard } from './qr-card.tsx'
import { qrVerdictOf } from './verdict.ts'

export function QrView({ reading, actions }: { reading: QrReading; actions: ReactNode }) {
  const { check } = useTexts()
  const standing = qrVerdictOf(reading)
  return (
    <>
      <header className="page-head">
        <h1>{check.qr}</h1>
        {actions}
      </header>
      <Banner standing={standing} headline={check.qrHeadlines[standing]} lead={check.qrLeads[standing]} />
      <QrCard reading={reading} />
    </>
  )
}
