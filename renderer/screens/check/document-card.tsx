/** The document as an accountant reads it: what, when, who from, who to, how much. */
import { documentTitles } from '#core/invoice/codes/document-kinds.ts'
import { Identifier } from '../../components/identifier.tsx'
import { Money } from '../../components/money.tsx'
import { usePreferences, useTexts } from '../../preferences.tsx'
import type { CheckedFile } from '../../queries.ts'

type CheckedDocument = CheckedFile['document']

export function DocumentCard({ checked: { document } }: { checked: CheckedFile }) {
  const { texts, language } = usePreferences()
  const { kind, profile, number, uuid, issueDate, issueTime, supplyDate } = document
  const title = kind && profile ? documentTitles[profile][kind][language] : texts.check.unknownKind
  return (
    <section className="card check-document" aria-label={texts.check.document}>
      <header>
        <h2>
          {title} <bdi dir="ltr">{number}</bdi>
        </h2>
        <p className="dim">
          <bdi dir="ltr" className="figures">
            {issueDate} {issueTime}
          </bdi>
          {supplyDate === undefined ? null : (
            <>
              {' · '}
              {texts.check.supplied}{' '}
              <bdi dir="ltr" className="figures">
                {supplyDate}
              </bdi>
            </>
          )}
          {' · '}
          {texts.documents.lines(document.lines)}
        </p>
      </header>
      <div className="check-parties">
        <Party title={texts.check.seller} party={document.seller} nobody={texts.common.none} />
        <Party title={texts.check.buyer} party={document.buyer} nobody={texts.documents.noBuyer} />
        {uuid === undefined ? null : (
          <div>
            <h3>{texts.documents.fields.uuid}</h3>
            <Identifier value={uuid} label={texts.documents.fields.uuid} clip />
          </div>
        )}
      </div>
      <Totals document={document} />
    </section>
  )
}

interface PartyProps {
  readonly title: string
  readonly party: CheckedDocument['seller']
  /** Stands where the document names nobody */
  readonly nobody: string
}

function Party({ title, party, nobody }: PartyProps) {
  const texts = useTexts()
  const { name, vatNumber, id } = party
  return (
    <div>
      <h3>{title}</h3>
      <p className="check-name">
        <bdi>{name ?? nobody}</bdi>
      </p>
      <p className="dim">
        {vatNumber === undefined ? (
          texts.check.noVat
        ) : (
          <>
            {texts.frame.vat} <Identifier value={vatNumber} label={texts.frame.vat} />
          </>
        )}
      </p>
      {id === undefined ? null : (
        <p className="dim">
          <bdi dir="ltr">{id.scheme}</bdi> <Identifier value={id.value} label={id.scheme ?? title} />
        </p>
      )}
    </div>
  )
}

const rows = ['taxExclusive', 'vat', 'taxInclusive', 'prepaid', 'payable'] as const

function Totals({ document: { totals, currency } }: { document: CheckedDocument }) {
  const texts = useTexts()
  const shown = rows.filter((name) => totals[name] !== undefined && !(name === 'prepaid' && isNothing(totals[name])))
  return (
    <table className="amounts">
      <tbody>
        {shown.map((name) => (
          <tr key={name} data-strong={name === 'payable' || undefined}>
            <th scope="row">
              {texts.totals[name]} {name === 'payable' ? <bdi className="dim">{currency}</bdi> : null}
            </th>
            <td>
              <Money amount={totals[name] ?? ''} />
            </td>
          </tr>
        ))}
        {totals.vatInSar === undefined ? null : (
          <tr>
            <th scope="row">{texts.totals.vatSar}</th>
            <td>
              <Money amount={totals.vatInSar} />
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

const isNothing = (amount: string): boolean => /^0*\.?0*$/.test(amount)
