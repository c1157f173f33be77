/** State of a document: icon, word and colour together, so that colour is never the only sign. */
import { documentStateTexts } from '#core/messages/index.ts'
import type { DocumentState } from '#core/vocabulary.ts'
import { usePreferences } from '../preferences.tsx'
import { shownState, stateLooks } from './states.ts'

interface Props {
  readonly state: DocumentState | 'draft'
  readonly warnings?: number
  readonly large?: boolean
}

export function StateBadge({ state, warnings = 0, large = false }: Props) {
  const { language } = usePreferences()
  const shown = shownState(state, warnings)
  const { icon: Icon, colour } = stateLooks[shown]
  return (
    <span className="state" style={{ color: colour }} data-state={state} data-large={large || undefined}>
      <Icon size={large ? 20 : 16} stroke={1.8} aria-hidden />
      <span>{documentStateTexts[shown].name[language]}</span>
    </span>
  )
}
