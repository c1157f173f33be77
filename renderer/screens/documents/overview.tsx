/** What happened, what comes next, the QR code, the identifiers, and the course of the document. */
import { documentTexts } from '#core/messages/index.ts'
import { Day } from '../../components/day.tsx'
import { Deadline } from '../../components/deadline.tsx'
import { FindingList } from '../../components/finding-list.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'
import { StateSentences } from '../../components/state-sentences.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import type { DocumentDetail } from '../../queries.ts'
import { qrCaption } from '../editor/issue-result.tsx'
import { Amounts } from './amounts.tsx'
import { Timeline } from './timeline.tsx'

export function Overview({ document }: { document: DocumentDetail }) {
  const texts = useTexts()
  const important = document.findings.filter(({ type }) => type !== 'info')
  return (
    <div className="overview">
      <div className="overview-main">
        <StateSentences texts={documentTexts(document)} />
        <FindingList findings={important} />
        {document.deadlineAt === undefined ? null : <Deadline at={document.deadlineAt} />}
        <Amounts document={document} />
      </div>
      <figure>
        <QrPicture payload={document.qr} label={texts.documents.qr} />
        <figcaption className="dim">{qrCaption(document, texts.documents)}</figcaption>
      </figure>
      <Facts document={document} />
      <Timeline document={document} />
    </div>
  )
}

function Facts({ document }: { document: DocumentDetail }) {
  const { fields } = useTexts().documents
  const identifiers = [
    [fields.uuid, document.uuid],
    [fields.hash, document.hash],
    [fields.previousHash, document.pih],
    [fields.file, document.fileName],
  ] as const
  const related = [
    [fields.supersedes, document.supersedes],
    [fields.supersededBy, document.supersededBy],
  ] as const
  return (
    <dl className="facts">
      <Fact label={fields.issued}>
        <Day date={document.issueDate} time={document.issueTime} />
      </Fact>
      <Fact label={fields.counter}>
        <span className="figures">{document.icv}</span>
      </Fact>
      {identifiers.map(([label, value]) => (
        <Fact key={label} label={label}>
          <Identifier label={label} value={value} clip />
        </Fact>
      ))}
      {related.map(([label, id]) =>
        id === undefined ? null : (
          <Fact key={label} label={label}>
            <button type="button" className="link" onClick={() => goTo({ screen: 'documents', id })}>
              <bdi dir="ltr">{document.number}</bdi>
            </button>
          </Fact>
        ),
      )}
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
