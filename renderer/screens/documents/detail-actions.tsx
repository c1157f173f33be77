/** What can be done with a document in its state; corrections and notes open the editor prefilled. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { DocumentState } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { useOffer } from '../../commands.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type DocumentDetail, useRefresh } from '../../queries.ts'

const sendable: ReadonlySet<DocumentState> = new Set(['waiting', 'unknown', 'held'])
const accepted: ReadonlySet<DocumentState> = new Set(['cleared', 'reported'])

export function DetailActions({ document }: { document: DocumentDetail }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const { id, kind, state, supersededBy } = document
  const send = useMutation({
    mutationFn: () => api.invoices.submit({ id }),
    onSuccess: () => refresh('document', 'documents', 'queue', 'board', 'evidence'),
  })
  const edit = (action: string) => goTo({ screen: 'editor', id, action })
  const canSend = sendable.has(state)
  useOffer({ duplicate: () => edit('duplicate'), ...(canSend && { submitNow: () => send.mutate() }) })
  const takesNotes = accepted.has(state) && (kind === 'invoice' || kind === 'prepayment')
  return (
    <>
      <div className="actions detail-actions">
        {canSend ? (
          <Button loading={send.isPending} onClick={() => send.mutate()}>
            {state === 'held' ? texts.sending.sendAfterAll : texts.documents.sendNow}
          </Button>
        ) : null}
        {state === 'rejected' && supersededBy === undefined ? (
          <Button onClick={() => edit('reissue')}>{texts.documents.fixAndReissue}</Button>
        ) : null}
        {takesNotes ? (
          <>
            <Button variant="default" onClick={() => edit('credit-note')}>
              {texts.documents.creditNote}
            </Button>
            <Button variant="default" onClick={() => edit('debit-note')}>
              {texts.documents.debitNote}
            </Button>
          </>
        ) : null}
        <Button variant="default" onClick={() => edit('duplicate')}>
          {texts.documents.duplicate}
        </Button>
      </div>
      <FailureNotice error={send.error} />
    </>
  )
}
