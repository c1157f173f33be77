/** The sentence of a finding in the current language. */
import { labelOf } from '#core/invoice/fields.ts'
import type { DraftFinding } from '#core/invoice/parse-draft.ts'
import { draftMessage, fieldTexts, type Language, ruleMessage } from '#core/messages/index.ts'
import type { Texts } from '../../i18n/en.ts'
import { usePreferences } from '../../preferences.tsx'
import type { Finding } from './judging.ts'

export const useSentence = (): ((finding: Finding) => string) => {
  const { language, texts } = usePreferences()
  return ({ violation, problem }) => {
    if (violation !== undefined) return ruleMessage(violation, language)
    return problem === undefined ? '' : valueSentence(problem, language, texts)
  }
}

/** For somebody who types, not for a program that sends JSON: values are read in several ways of writing. */
const valueSentence = (problem: DraftFinding, language: Language, texts: Texts): string => {
  const { problems, cell } = texts.editor
  const label = labelOf(problem.path)
  const { code } = problem
  if (label === undefined || (code !== 'decimal' && code !== 'date' && code !== 'time')) {
    return draftMessage(problem, language)
  }
  const name = fieldTexts[label][language]
  const row = /^lines\[(\d+)\]/.exec(problem.path)?.[1]
  return problems[code](row === undefined ? name : cell(name, Number(row) + 1))
}
