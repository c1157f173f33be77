/** Documents on their way, one a row: which, whose, how it stands, how much time is left. */
import { StateBadge } from '../../components/state-badge.tsx'
import { useTexts } from '../../preferences.tsx'
import type { OpenDocument } from '../../queries.ts'
import { Clock } from './clock.tsx'
import { useCompanyName, useOpenDocument } from './open-document.ts'

interface Props {
  readonly title: string
  readonly lead: string
  readonly documents: readonly OpenDocument[]
}

export function DocumentRows({ title, lead, documents }: Props) {
  const { documents: words, sending } = useTexts()
  const companyName = useCompanyName()
  const open = useOpenDocument()
  if (documents.length === 0) return null
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p className="dim">{lead}</p>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{sending.columns.document}</th>
            <th scope="col">{sending.columns.company}</th>
            <th scope="col">{words.columns.state}</th>
            <th scope="col">{sending.columns.left}</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((document) => (
            <tr key={document.id}>
              <td>
                <button type="button" className="link" onClick={() => open(document)}>
                  <bdi dir="ltr" className="figures">
                    {document.number}
                  </bdi>
                </button>
              </td>
              <td>
                <bdi>{companyName(document.companyId)}</bdi>
              </td>
              <td>
                <StateBadge of={document} large />
              </td>
              <td>{document.clock === undefined ? null : <Clock clock={document.clock} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
