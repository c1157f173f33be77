/** Cells with a list to pick from: unit of measure, and VAT treatment with the official texts. */
import { useMemo } from 'react'
import { units } from '#core/invoice/codes/units.ts'
import { vatCategories } from '#core/invoice/draft.ts'
import { usePreferences } from '../../preferences.tsx'
import { type CellProps, useCell } from './grid-cell.tsx'
import { treatmentOptions } from './treatments.ts'

export function UnitCell(props: CellProps) {
  const { language } = usePreferences()
  const { value, write, marks } = useCell(props)
  const known = useMemo(
    () => Object.entries(units).map(([code, names]) => ({ code, name: names[language] })),
    [language],
  )
  return (
    <select {...marks} className="grid-cell" value={value} onChange={(event) => write(event.currentTarget.value)}>
      {known.some(({ code }) => code === value) ? null : <option value={value}>{value}</option>}
      {known.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </select>
  )
}

export function TreatmentCell(props: CellProps) {
  const { language, texts } = usePreferences()
  const { value, write, marks, touch, place } = useCell(props)
  const options = useMemo(() => treatmentOptions(language), [language])
  const isKnown = options.some((option) => option.value === value)
  return (
    <select
      {...marks}
      className="grid-cell"
      value={value}
      onBlur={() => touch(place)}
      onChange={(event) => write(event.currentTarget.value)}
    >
      {isKnown ? null : <option value={value}>{value}</option>}
      {vatCategories.map((category) => (
        <optgroup key={category} label={texts.vat[category]}>
          {options
            .filter((option) => option.category === category)
            .map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  )
}
