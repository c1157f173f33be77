/** Totals and findings of what is being written, kept up to date without slowing the typing. */
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { totalsOf } from '#core/invoice/totals.ts'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import { riyadhNow } from '../../components/dates.ts'
import type { Company } from '../../queries.ts'
import { prepare } from './draft-state.ts'
import { type Finding, judgeDraft } from './judging.ts'
import { isWithin } from './paths.ts'

export const useJudgement = (draft: UnfinishedDraft, company: Company | undefined) => {
  const prepared = useMemo(() => prepare(draft, company), [draft, company])
  const totals = useMemo(() => totalsOf(prepared.json), [prepared])
  const rowTotals = useMemo(
    () =>
      new Map(
        prepared.rows.flatMap((row, index) => {
          const line = totals.lines[index]
          return line === undefined ? [] : [[row, line] as const]
        }),
      ),
    [prepared, totals],
  )
  const deferred = useDeferredValue(prepared)
  const judgement = useMemo(() => judgeDraft(deferred, riyadhNow()), [deferred])
  return { totals, rowTotals, judgement }
}

/** Findings are shown once their field was left, or all of them after the first attempt to issue. */
export const useShownFindings = (all: readonly Finding[], showAll: boolean) => {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const shown = useMemo(
    () => (showAll ? all : all.filter(({ field = '' }) => [...touched].some((place) => isWithin(field, place)))),
    [all, showAll, touched],
  )
  const touch = useCallback(
    (place: string) => setTouched((before) => (before.has(place) ? before : new Set([...before, place]))),
    [],
  )
  const findingsAt = (place: string) => shown.filter(({ field = '' }) => isWithin(field, place))
  return { shown, touch, findingsAt }
}
