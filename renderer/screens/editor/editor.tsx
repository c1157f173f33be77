/** The editor: a sheet that looks like the document it makes, findings beside it, one primary action below. */
import { useMutation } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import { api } from '../../api.ts'
import { useOffer } from '../../commands.tsx'
import { riyadhNow } from '../../components/dates.ts'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type SavedDraft, useRefresh } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { Adjustments } from './adjustments.tsx'
import { EditorProvider } from './context.tsx'
import { newDraft, nextNumber, prepare } from './draft-state.ts'
import { Drafts } from './drafts.tsx'
import { FindingsPanel } from './findings-panel.tsx'
import { focusField } from './focus-field.ts'
import { Heading } from './heading.tsx'
import { IssueBar } from './issue-bar.tsx'
import { IssueResult } from './issue-result.tsx'
import { type Finding, judgeDraft } from './judging.ts'
import { LinesGrid } from './lines-grid.tsx'
import { Buyer, Seller } from './parties.tsx'
import { withValue } from './paths.ts'
import { Payment } from './payment.tsx'
import { References } from './references.tsx'
import { useSentence } from './sentences.ts'
import { Breakdown, TotalsPanel } from './totals-panel.tsx'
import { useIssuing } from './use-issuing.ts'
import { useJudgement, useShownFindings } from './use-judgement.ts'

interface Props {
  readonly start: UnfinishedDraft
  readonly draftId: string | undefined
  readonly drafts: readonly SavedDraft[]
  readonly reissueOf?: string
}

export function Editor({ start, draftId, drafts, reissueOf }: Props) {
  const texts = useTexts()
  const { company, unit } = useWorkspace()
  const [draft, setDraft] = useState(start)
  const [showAll, setShowAll] = useState(reissueOf !== undefined)
  const { totals, rowTotals, judgement } = useJudgement(draft, company)
  const { shown, touch, findingsAt } = useShownFindings(judgement.findings, showAll)
  const sentence = useSentence()
  const saving = useSaving(company?.id ?? '', draftId)
  const issuing = useIssuing({ unitId: unit?.id ?? '', ...(reissueOf && { reissueOf }) }, saving.discard)
  const { changed } = issuing
  const change = useCallback(
    (edit: (draft: UnfinishedDraft) => UnfinishedDraft) => {
      setDraft(edit)
      changed()
    },
    [changed],
  )
  const set = useCallback(
    (path: string, value: unknown) => change((current) => withValue(current, path, value)),
    [change],
  )
  /** The judgement on the screen may lag behind the typing; issuing asks anew. */
  const issue = (confirmed = false) => {
    setShowAll(true)
    issuing.issue(judgeDraft(prepare(draft, company), riyadhNow()), confirmed)
  }
  const nextFinding = useNextFinding(judgement.findings, () => setShowAll(true))
  useOffer({ saveDraft: () => saving.save(draft), issue: () => issue(), nextFinding })

  if (issuing.result !== undefined) {
    const startAnother = () => {
      setDraft(newDraft(nextNumber(issuing.result?.number ?? '')))
      setShowAll(false)
      issuing.reset()
      goTo({ screen: 'editor' })
    }
    return <IssueResult issued={issuing.result} another={startAnother} />
  }
  if (company === undefined) return null
  return (
    <EditorProvider value={{ draft, totals, rowTotals, set, change, touch, findingsAt, sentence }}>
      <div className="editor">
        {reissueOf === undefined ? (
          <Drafts drafts={drafts} current={draftId} />
        ) : (
          <p className="notice">{texts.editor.reissueTitle(draft.number ?? '')}</p>
        )}
        <div className="sheet">
          <Heading />
          <div className="parties">
            <Seller company={company} />
            <Buyer />
          </div>
          <References />
          <LinesGrid />
          <div className="sheet-foot">
            <div className="sheet-foot-start">
              <Adjustments />
              <Payment />
            </div>
            <div className="sheet-foot-end">
              <TotalsPanel />
              <Breakdown />
            </div>
          </div>
        </div>
        <IssueBar
          findings={shown}
          asking={issuing.stage === 'asking'}
          blocked={issuing.stage === 'blocked'}
          pending={issuing.pending}
          failure={issuing.failure ?? saving.failure}
          savedAt={saving.savedAt}
          issue={() => issue()}
          confirm={() => issue(true)}
          review={() => {
            issuing.write()
            nextFinding()
          }}
          save={() => saving.save(draft)}
        >
          <FindingsPanel findings={shown} open={({ field }) => field !== undefined && focusField(field)} />
        </IssueBar>
      </div>
    </EditorProvider>
  )
}

/** F8 walks through the findings that have a place, and starts over at the end. */
const useNextFinding = (findings: readonly Finding[], reveal: () => void) => {
  const position = useRef(-1)
  return () => {
    const places = findings.flatMap(({ field }) => field ?? [])
    reveal()
    if (places.length === 0) return
    position.current = (position.current + 1) % places.length
    focusField(places[position.current] ?? '')
  }
}

/** The draft under one id for the life of the editor; it disappears once its document is issued. */
const useSaving = (companyId: string, draftId: string | undefined) => {
  const refresh = useRefresh()
  const id = useRef(draftId ?? crypto.randomUUID())
  const [savedAt, setSavedAt] = useState<string>()
  const save = useMutation({
    mutationFn: (draft: UnfinishedDraft) => api.drafts.save({ companyId, id: id.current, draft }),
    onSuccess: () => {
      setSavedAt(riyadhNow().slice(11, 16))
      return refresh('drafts')
    },
  })
  const remove = useMutation({
    mutationFn: () => api.drafts.remove({ companyId, id: id.current }),
    onSuccess: () => refresh('drafts'),
  })
  const isSaved = draftId !== undefined || savedAt !== undefined
  return {
    save: save.mutate,
    discard: () => {
      if (isSaved) remove.mutate()
      setSavedAt(undefined)
      id.current = crypto.randomUUID()
    },
    savedAt,
    failure: save.error,
  }
}
