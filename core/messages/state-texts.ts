/** The form of every state's texts: a name, and three sentences that say what happened, what the program does and what you do. */
import { type Bilingual, text } from './text.ts'

export interface StateTexts {
  readonly name: Bilingual
  readonly happened: Bilingual
  readonly program: Bilingual
  readonly you: Bilingual
}

/** Where nobody has to do anything. */
export const nothing = text('Nothing.', 'لا شيء.')
