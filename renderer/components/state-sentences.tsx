/** What happened, what the program does, what you do: the same three sentences as everywhere else in the product. */
import { documentStateTexts, type ShownState } from '#core/messages/index.ts'
import { usePreferences } from '../preferences.tsx'
import type { DocumentDetail } from '../queries.ts'
import { shownState } from './states.ts'

/** The sentences of a state in the current language. */
export const useStateTexts = () => {
  const { language } = usePreferences()
  return (state: ShownState) => {
    const { happened, program, you } = documentStateTexts[state]
    return { happened: happened[language], program: program[language], you: you[language] }
  }
}

export function StateSentences({ document }: { document: DocumentDetail }) {
  const { texts } = usePreferences()
  const { happened, program, you } = useStateTexts()(shownState(document))
  return (
    <dl className="sentences">
      <div>
        <dt>{texts.documents.whatHappened}</dt>
        <dd>{happened}</dd>
      </div>
      <div>
        <dt>{texts.documents.programDoes}</dt>
        <dd>{program}</dd>
      </div>
      <div>
        <dt>{texts.documents.youDo}</dt>
        <dd>{you}</dd>
      </div>
    </dl>
  )
}
