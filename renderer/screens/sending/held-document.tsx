/** A document that does not go on without a decision: the three sentences, and sending it after all. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Money } from '../../components/money.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { StateSentences } from '../../components/state-sentences.tsx'
import { useTexts } from '../../preferences.tsx'
import { type OpenDocument, useRefresh } from '../../queries.ts'
import { Clock } from './clock.tsx'
import { useCompanyName, useOpenDocument } from './open-document.ts'

export function HeldDocument({ document }: { document: OpenDocument }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const companyName = useCompanyName()
  const open = useOpenDocument()
  const send = useMutation({
    mutationFn: () => api.invoices.submit({ id: document.id }),
    onSettled: () => refresh('board', 'queue', 'documents', 'document'),
  })
  return (
    <article className="company held" aria-label={document.number}>
      <header>
        <div>
          <StateBadge of={document} large />
          <p>
            {texts.kinds[document.kind]} <bdi dir="ltr">{document.number}</bdi> ·{' '}
            <bdi>{companyName(document.companyId)}</bdi> ·{' '}
            <Money amount={document.taxInclusiveAmount} currency={document.currency} />
          </p>
          {document.clock === undefined ? null : <Clock clock={document.clock} />}
        </div>
        <div className="actions">
          <Button variant="default" onClick={() => open(document)}>
            {texts.sending.open}
          </Button>
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {texts.sending.sendAfterAll}
          </Button>
        </div>
      </header>
      <StateSentences texts={document.standing} />
      <FailureNotice error={send.error} brief />
    </article>
  )
}
