/** What every part of the editor shares: the draft, how to change it, and the findings at each place. */
import { createContext, use } from 'react'
import type { Totals } from '#core/invoice/totals.ts'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import type { Finding } from './judging.ts'

export interface EditorState {
  readonly draft: UnfinishedDraft
  readonly totals: Totals
  /** For each row of the grid its position among the computed lines */
  readonly rowTotals: ReadonlyMap<number, NonNullable<Totals['lines'][number]>>
  readonly set: (path: string, value: unknown) => void
  readonly change: (edit: (draft: UnfinishedDraft) => UnfinishedDraft) => void
  readonly touch: (path: string) => void
  /** Findings to show at a place or below it */
  readonly findingsAt: (path: string) => readonly Finding[]
  readonly sentence: (finding: Finding) => string
}

const Context = createContext<EditorState | undefined>(undefined)

export const EditorProvider = Context

export const useEditor = (): EditorState => {
  const state = use(Context)
  if (state === undefined) throw new Error('EditorProvider is missing')
  return state
}
