/** What happened, what the program does, what you do: the same three sentences as everywhere else in the product. */
import type { StateTexts } from '#core/messages/index.ts'
import { usePreferences } from '../preferences.tsx'

export function StateSentences({ texts: { happened, program, you } }: { texts: Omit<StateTexts, 'name'> }) {
  const { language, texts } = usePreferences()
  return (
    <dl className="sentences">
      <div>
        <dt>{texts.documents.whatHappened}</dt>
        <dd>{happened[language]}</dd>
      </div>
      <div>
        <dt>{texts.documents.programDoes}</dt>
        <dd>{program[language]}</dd>
      </div>
      <div>
        <dt>{texts.documents.youDo}</dt>
        <dd>{you[language]}</dd>
      </div>
    </dl>
  )
}
