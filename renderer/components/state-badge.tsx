/** State of a document: icon, word and colour together, so that colour is never the only sign. */
import { type DocumentStanding, documentStateTexts, documentTexts, shownState } from '#core/messages/index.ts'
import { usePreferences } from '../preferences.tsx'
import { stateLooks } from './states.ts'

interface Props {
  readonly of: DocumentStanding
  /** With the reason, where there is room for it */
  readonly large?: boolean
}

export function StateBadge({ of: standing, large = false }: Props) {
  const { language } = usePreferences()
  const shown = shownState(standing)
  const { icon: Icon, colour } = stateLooks[shown]
  const { name } = large ? documentTexts(standing) : documentStateTexts[shown]
  return (
    <span className="state" style={{ color: colour }} data-state={standing.state} data-large={large || undefined}>
      <Icon size={large ? 20 : 16} stroke={1.8} aria-hidden />
      <span>{name[language]}</span>
    </span>
  )
}
