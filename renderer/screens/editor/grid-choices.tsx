/** Cells with a list to pick from: unit of measure, and VAT treatment with the official texts. */
import { type ReactNode, useMemo, useState } from 'react'
import { units } from '#core/invoice/codes/units.ts'
import { vatCategories } from '#core/invoice/draft.ts'
import { usePreferences } from '../../preferences.tsx'
import { type CellProps, useCell } from './grid-cell.tsx'
import { treatmentOptions } from './treatments.ts'

export function UnitCell(props: CellProps) {
  const { language } = usePreferences()
  const known = useMemo(
    () => Object.entries(units).map(([code, names]) => [code, names[language]] as const),
    [language],
  )
  return (
    <ChoiceCell {...props} label={(value) => known.find(([code]) => code === value)?.[1]}>
      {known.map(([code, name]) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </ChoiceCell>
  )
}

export function TreatmentCell(props: CellProps) {
  const { language, texts } = usePreferences()
  const options = useMemo(() => treatmentOptions(language), [language])
  return (
    <ChoiceCell {...props} label={(value) => options.find((option) => option.value === value)?.label}>
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
    </ChoiceCell>
  )
}

interface ChoiceProps extends CellProps {
  /** Undefined for a value that is not among the options */
  readonly label: (value: string) => string | undefined
  /** All options; drawn only once the cell is entered, because a thousand rows would draw fifty thousand of them */
  readonly children: ReactNode
}

function ChoiceCell({ label, children, ...props }: ChoiceProps) {
  const { value, write, marks, touch, place } = useCell(props)
  const [entered, setEntered] = useState(false)
  const enter = () => setEntered(true)
  const known = label(value)
  return (
    <select
      {...marks}
      className="grid-cell"
      value={value}
      onPointerEnter={enter}
      onFocus={enter}
      onBlur={() => touch(place)}
      onChange={(event) => write(event.currentTarget.value)}
    >
      {entered && known !== undefined ? null : <option value={value}>{known ?? value}</option>}
      {entered ? children : null}
    </select>
  )
}
