/** What became of the document, in place of the form: state, QR code, what happens next. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { documentTexts } from '#core/messages/index.ts'
import { FindingList } from '../../components/finding-list.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Money } from '../../components/money.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { StateSentences } from '../../components/state-sentences.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type DocumentDetail, documentQuery } from '../../queries.ts'

interface Props {
  readonly issued: DocumentDetail
  readonly another: () => void
}

/** Keeps asking while the document is on its way, so that the answer appears here. */
export function IssueResult({ issued, another }: Props) {
  const texts = useTexts()
  const document = useQuery({ ...documentQuery(issued.id), initialData: issued }).data
  const { state, number, icv, findings } = document
  return (
    <section className="result" data-state={state} data-testid="issue-result" aria-live="polite">
      <div className="result-words">
        <StateBadge of={document} large />
        <h1>
          <Identifier value={number} label={texts.documents.fields.number} /> · {texts.documents.fields.counter} {icv} ·{' '}
          <Money amount={document.taxInclusiveAmount} currency={document.currency} />
        </h1>
        <StateSentences texts={documentTexts(document)} />
        <FindingList findings={findings.filter(({ type }) => type !== 'info')} />
        <div className="actions">
          {state === 'rejected' ? (
            <Button onClick={() => goTo({ screen: 'editor', id: document.id, action: 'reissue' })}>
              {texts.documents.fixAndReissue}
            </Button>
          ) : (
            <Button onClick={another}>{texts.editor.another}</Button>
          )}
          <Button variant="default" onClick={() => goTo({ screen: 'documents', id: document.id })}>
            {texts.editor.openDocument}
          </Button>
        </div>
      </div>
      <figure>
        <QrPicture payload={document.qr} label={texts.documents.qr} />
        <figcaption className="dim">{qrCaption(document, texts.documents)}</figcaption>
      </figure>
    </section>
  )
}

/** A standard document may not be handed over before it is cleared. */
export const qrCaption = (
  { state, profile, hasClearedXml }: DocumentDetail,
  texts: { readonly qrCleared: string; readonly qrNotCleared: string; readonly qr: string },
): string => {
  if (hasClearedXml) return texts.qrCleared
  return profile === 'standard' && state !== 'cleared' ? texts.qrNotCleared : texts.qr
}
