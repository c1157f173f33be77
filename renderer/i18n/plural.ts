/** A count with its noun in the right form: English has two forms, Arabic six. */

const arabicRules = new Intl.PluralRules('ar')

export interface ArabicForms {
  readonly one: string
  readonly two: string
  /** 3 to 10; `#` stands for the number */
  readonly few: string
  /** 11 to 99 */
  readonly many: string
  /** 0, 100 and the like */
  readonly other: string
}

export const arabicCount = (count: number, forms: ArabicForms): string => {
  const rule = arabicRules.select(count)
  return (rule === 'zero' ? forms.other : forms[rule]).replace('#', String(count))
}

export const englishCount = (count: number, one: string, other: string): string =>
  `${count} ${count === 1 ? one : other}`
