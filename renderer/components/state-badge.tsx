/** State of a document: icon, word and colour together, so that colour is never the only sign. */
import { documentStateTexts } from '#core/messages/index.ts'
import { usePreferences } from '../preferences.tsx'
import { type Standing, shownState, stateLooks } from './states.ts'

interface Props {
  readonly of: Standing
  readonly large?: boolean
}

export function StateBadge({ of: standing, large = false }: Props) {
  const { language } = usePreferences()
  const shown = shownState(standing)
  const { icon: Icon, colour } = stateLooks[shown]
  return (
    <span className="state" style={{ color: colour }} data-state={standing.state} data-large={large || undefined}>
      <Icon size={large ? 20 : 16} stroke={1.8} aria-hidden />
      <span>{documentStateTexts[shown].name[language]}</span>
    </span>
  )
}
