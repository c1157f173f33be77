/** The stamp: what was proven of it, and what its certificate says of itself. */

import { riyadhDate } from '../../components/dates.ts'
import { Day } from '../../components/day.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ProofList } from '../../components/proof-list.tsx'
import { useTexts } from '../../preferences.tsx'
import type { CheckedFile } from '../../queries.ts'

export function StampCard({ checked: { signed, proofs, certificate } }: { checked: CheckedFile }) {
  const { check } = useTexts()
  return (
    <section className="card" aria-label={check.stamp}>
      <h2>{check.stamp}</h2>
      {signed ? null : <p className="dim">{check.unsigned}</p>}
      <div className="check-stamp">
        <ProofList proofs={proofs.filter(({ id }) => !id.startsWith('QR/'))} />
        {certificate === undefined ? null : (
          <div>
            <CertificateFacts certificate={certificate} />
            <p className="codes">{check.issuerNote}</p>
          </div>
        )}
      </div>
    </section>
  )
}

function CertificateFacts({ certificate }: { certificate: NonNullable<CheckedFile['certificate']> }) {
  const { check, frame } = useTexts()
  const { issuer, subject, serial, notBefore, notAfter, vatNumber } = certificate
  const names = [
    [check.issuer, issuer],
    [check.holder, subject],
  ] as const
  return (
    <dl className="check-certificate">
      {names.map(([label, name]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <bdi dir="ltr">{name}</bdi>
          </dd>
        </div>
      ))}
      {vatNumber === undefined ? null : (
        <div>
          <dt>{frame.vat}</dt>
          <dd>
            <Identifier value={vatNumber} label={frame.vat} />
          </dd>
        </div>
      )}
      <div>
        <dt>{check.validity}</dt>
        <dd>
          {check.from} <Day date={riyadhDate(notBefore)} /> {check.to} <Day date={riyadhDate(notAfter)} />
        </dd>
      </div>
      <div>
        <dt>{check.serial}</dt>
        <dd>
          <Identifier value={serial} label={check.serial} clip />
        </dd>
      </div>
    </dl>
  )
}
