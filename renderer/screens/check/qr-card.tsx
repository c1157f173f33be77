/** The QR code: the picture, every tag with its value, and where there is a document, whether it says the same. */
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { type QrFieldName, qrFieldNames } from '#core/vocabulary.ts'
import { FindingList } from '../../components/finding-list.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'
import { usePreferences, useTexts } from '../../preferences.tsx'
import type { Proof, QrReading } from '../../queries.ts'
import { proofOfField } from './proof-of-field.ts'

interface Props {
  readonly reading: QrReading | undefined
  /** Absent when there is no document to compare with */
  readonly proofs?: readonly Proof[]
}

export function QrCard({ reading, proofs }: Props) {
  const { texts, language } = usePreferences()
  const remarks = (reading?.oddities ?? []).map(({ code, severity, message, message_ar }) => ({
    type: severity,
    code,
    message: language === 'ar' ? message_ar : message,
  }))
  return (
    <section className="card" aria-label={texts.check.qr}>
      <h2>
        {texts.check.qr}{' '}
        {reading === undefined ? null : <span className="dim">{texts.check.qrLength(reading.length)}</span>}
      </h2>
      {reading === undefined ? (
        <p className="dim">{texts.check.noQr}</p>
      ) : (
        <>
          <FindingList findings={remarks} />
          <div className="check-qr">
            <QrTable reading={reading} proofs={proofs} />
            <QrPicture payload={reading.text} label={texts.check.qr} />
          </div>
        </>
      )}
    </section>
  )
}

function QrTable({ reading: { fields }, proofs }: { reading: QrReading; proofs: readonly Proof[] | undefined }) {
  const { check } = useTexts()
  const { qrColumns, qrFields } = check
  const values = new Map(fields.map(({ name, value }) => [name, value]))
  const compared = (name: QrFieldName) => proofs?.find(({ id }) => id === proofOfField[name])
  const shown = qrFieldNames.filter((name) => values.has(name) || compared(name) !== undefined)
  return (
    <table className="qr-fields">
      <thead>
        <tr>
          <th scope="col">{qrColumns.tag}</th>
          <th scope="col">{qrColumns.field}</th>
          <th scope="col">{qrColumns.value}</th>
          {proofs === undefined ? null : <th scope="col">{qrColumns.agrees}</th>}
        </tr>
      </thead>
      <tbody>
        {shown.map((name) => (
          <tr key={name}>
            <td className="figures dim">{qrFieldNames.indexOf(name) + 1}</td>
            <th scope="row">{qrFields[name]}</th>
            <td data-long={longFields.includes(name) || undefined}>
              {values.has(name) ? <bdi>{values.get(name)}</bdi> : <span className="dim">{check.missing}</span>}
            </td>
            {proofs === undefined ? null : (
              <td>
                <Comparison proof={compared(name)} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const longFields: readonly QrFieldName[] = ['hash', 'signature', 'publicKey', 'caSignature']

function Comparison({ proof }: { proof: Proof | undefined }) {
  const { check } = useTexts()
  if (proof === undefined) return null
  const Icon = proof.ok ? IconCircleCheck : IconCircleX
  return (
    <span className="comparison" data-ok={proof.ok}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <span>
        {proof.ok ? check.same : check.differs}
        {proof.ok || proof.expected === undefined ? null : (
          <span className="comparison-expected">
            <bdi>{proof.expected}</bdi>
          </span>
        )}
      </span>
    </span>
  )
}
