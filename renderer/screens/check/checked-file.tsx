/** A judged file from the summary down to the proofs. */
import { IconReceiptTax } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../../preferences.tsx'
import type { CheckedFile } from '../../queries.ts'
import { Areas, Banner } from './banner.tsx'
import { CheckFindings } from './check-findings.tsx'
import { DocumentCard } from './document-card.tsx'
import { QrCard } from './qr-card.tsx'
import { StampCard } from './stamp-card.tsx'
import { verdictOf } from './verdict.ts'

export function CheckedFileView({ checked, actions }: { checked: CheckedFile; actions: ReactNode }) {
  const { check } = useTexts()
  const verdict = verdictOf(checked)
  const { overall, unproven } = verdict
  return (
    <>
      <header className="page-head">
        <div>
          <h1>
            <bdi>{checked.fileName}</bdi>
          </h1>
          <p className="dim">{check.rulePack(checked.rulePack)}</p>
        </div>
        {actions}
      </header>
      <Banner
        standing={overall}
        headline={check.headlines[overall]}
        lead={overall === 'warnings' && unproven ? check.leads.unproven : check.leads[overall]}
      >
        <Areas verdict={verdict} />
      </Banner>
      {unproven ? (
        <p className="input-vat">
          <IconReceiptTax size={20} stroke={1.6} aria-hidden />
          <span>
            {check.inputVat} <span className="dim">{check.notAdvice}</span>
          </span>
        </p>
      ) : null}
      <DocumentCard checked={checked} />
      <CheckFindings checked={checked} />
      <StampCard checked={checked} />
      <QrCard reading={checked.qr} {...(checked.signed && { proofs: checked.proofs })} />
    </>
  )
}
