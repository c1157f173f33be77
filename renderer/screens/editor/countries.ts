/** Countries by name, the neighbours that an office writes most often first. */
import { countries, homeCountry } from '#core/invoice/codes/countries.ts'
import type { Language } from '../../preferences.tsx'

const first = [homeCountry, 'AE', 'BH', 'KW', 'OM', 'QA']
const isRegion = /^[A-Z]{2}$/

export const countryOptions = (language: Language): readonly { value: string; label: string }[] => {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  const named = (value: string) => ({ value, label: names.of(value) ?? value })
  const rest = [...countries].filter((code) => isRegion.test(code) && !first.includes(code)).map(named)
  return [...first.map(named), ...rest.sort((a, b) => a.label.localeCompare(b.label, language))]
}
