/** How a text is written down: English and Arabic side by side, with `{name}` where a value goes. */
import type { Bilingual } from '#core/invoice/codes/bilingual.ts'

export type { Bilingual }

export const languages = ['en', 'ar'] as const
export type Language = (typeof languages)[number]

export const text = (en: string, ar: string): Bilingual => ({ en, ar })

/** Longer values show their beginning: a file may hold megabytes where a number belongs. */
const longestShown = 300

const shortened = (value: string): string => (value.length > longestShown ? `${value.slice(0, longestShown)}…` : value)

/** Puts values into a text; a value that is missing or empty shows as a dash. Only `{name}` is replaced, nothing is evaluated. */
export const filledIn = (template: string, values: Readonly<Record<string, string | undefined>>): string =>
  template.replace(/\{(\w+)\}/g, (_whole, name: string) => shortened(values[name] || '—'))
