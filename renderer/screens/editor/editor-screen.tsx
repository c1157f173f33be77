/** Decides what the editor starts from: a new document, a draft, a copy, a note to a document, or a rejected one to correct. */
import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import { api } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { goTo, usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type DocumentDetail, documentQuery, draftsQuery, type SavedDraft } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { duplicateDraft, newDraft, nextNumber, noteDraft, reissueDraft, restoredDraft } from './draft-state.ts'
import { Editor } from './editor.tsx'

export default function EditorScreen() {
  const texts = useTexts()
  const { company, unit } = useWorkspace()
  if (company === undefined || unit === undefined || unit.state !== 'ready') {
    return (
      <Empty icon={IconPlugConnected} title={texts.editor.noUnit} text={texts.editor.noUnitText}>
        <Button
          onClick={() => goTo(unit === undefined ? { screen: 'companies' } : { screen: 'onboarding', id: unit.id })}
        >
          {texts.companies.connect}
        </Button>
      </Empty>
    )
  }
  return <Start key={`${company.id} ${unit.id}`} />
}

/** What each action of the address makes of the document it names. */
const startOf: Readonly<Record<string, (document: DocumentDetail) => UnfinishedDraft>> = {
  reissue: reissueDraft,
  duplicate: duplicateDraft,
  'credit-note': (document) => noteDraft(document, 'credit-note'),
  'debit-note': (document) => noteDraft(document, 'debit-note'),
}

function Start() {
  const { id, action } = usePlace()
  const { company } = useWorkspace()
  const makeDraft = action === undefined ? undefined : startOf[action]
  const source = useQuery({ ...documentQuery(id ?? ''), enabled: id !== undefined && makeDraft !== undefined })
  const drafts = useQuery({ ...draftsQuery(company?.id ?? ''), enabled: company !== undefined })
  const last = useQuery({
    queryKey: ['last-number', company?.id],
    queryFn: () => api.invoices.list({ companyId: company?.id ?? '', limit: 1 }),
    gcTime: 0,
  })
  const failed = source.error ?? drafts.error ?? last.error
  const start = useMemo(
    () => startFrom(id, makeDraft && source.data && makeDraft(source.data), drafts.data, last.data?.rows[0]?.number),
    [id, makeDraft, source.data, drafts.data, last.data],
  )
  if (failed !== null) return <FailureNotice error={failed} />
  if (drafts.isPending || last.isPending || (makeDraft !== undefined && source.isPending)) return <Loading />
  return (
    <Editor
      key={`${id ?? 'new'} ${action ?? ''}`}
      start={start}
      draftId={makeDraft === undefined ? id : undefined}
      drafts={drafts.data ?? []}
      {...(action === 'reissue' && id !== undefined ? { reissueOf: id } : {})}
    />
  )
}

const startFrom = (
  id: string | undefined,
  made: UnfinishedDraft | undefined,
  drafts: readonly SavedDraft[] | undefined,
  lastNumber: string | undefined,
): UnfinishedDraft => {
  const following = lastNumber === undefined ? 'INV-0001' : nextNumber(lastNumber)
  if (made !== undefined) return made.number ? made : { ...made, number: following }
  const saved = drafts?.find((draft) => draft.id === id)
  return saved === undefined ? newDraft(following) : restoredDraft(saved.draft)
}
