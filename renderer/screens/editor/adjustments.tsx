/** Discounts and charges on the whole document, as an amount or a percentage; without a VAT treatment they are split over all rates. */
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { isCodeOf } from '#core/invoice/codes/bilingual.ts'
import { chargeReasons } from '#core/invoice/codes/charge-reasons.ts'
import type { UnfinishedDraft } from '#core/invoice/unfinished.ts'
import { usePreferences } from '../../preferences.tsx'
import { useEditor } from './context.tsx'
import { DraftField, useField } from './draft-field.tsx'
import { readNumber, splitPercent } from './reading.ts'
import { treatmentOptions, treatmentValue, vatOfTreatment } from './treatments.ts'

type List = 'allowances' | 'charges'

export function Adjustments() {
  const { language, texts } = usePreferences()
  const { draft, set } = useEditor()
  const { allowances = [], charges = [] } = draft
  return (
    <section aria-label={texts.editor.discounts}>
      {allowances.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an adjustment is its position; inputs are controlled
        <AdjustmentRow key={`allowance ${index}`} list="allowances" index={index} />
      ))}
      {charges.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <AdjustmentRow key={`charge ${index}`} list="charges" index={index} />
      ))}
      <AddButton
        label={texts.editor.addDiscount}
        add={() => set('allowances', [...allowances, { reason: texts.editor.discount, reasonCode: '95' }])}
      />
      <AddButton
        label={texts.editor.addCharge}
        add={() => set('charges', [...charges, { reason: chargeReasons.FC[language], reasonCode: 'FC' }])}
      />
      {draft.kind === 'invoice' ? (
        <AddButton
          label={texts.editor.addPrepayment}
          add={() => set('prepayments', [...(draft.prepayments ?? []), {}])}
        />
      ) : null}
    </section>
  )
}

export function AddButton({ label, add }: { label: string; add: () => void }) {
  return (
    <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={add}>
      {label}
    </Button>
  )
}

export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={remove}>
      <IconTrash size={16} stroke={1.6} />
    </ActionIcon>
  )
}

const without = (draft: UnfinishedDraft, list: List, index: number) =>
  (draft[list] ?? []).filter((_, position) => position !== index)

function AdjustmentRow({ list, index }: { list: List; index: number }) {
  const { language, texts } = usePreferences()
  const { draft, set } = useEditor()
  const place = `${list}[${index}]`
  const name = list === 'charges' ? texts.editor.charge : texts.editor.discount
  const value = draft[list]?.[index]
  return (
    <div className="adjustment">
      <strong>{name}</strong>
      <AmountOrPercent place={place} label={`${name} ${index + 1}: ${texts.editor.amountOrPercent}`} />
      {list === 'charges' ? (
        <ChargeReason place={place} />
      ) : (
        <DraftField field={`${place}.reason`} label={texts.editor.reason} />
      )}
      <NativeSelect
        label={texts.vat.pick}
        value={value?.vat === undefined ? '' : treatmentValue(value.vat)}
        onChange={({ currentTarget }) =>
          set(`${place}.vat`, currentTarget.value === '' ? undefined : vatOfTreatment(currentTarget.value))
        }
        data={[
          { value: '', label: texts.editor.proRata },
          ...treatmentOptions(language).map(({ value, label }) => ({ value, label })),
        ]}
      />
      <RemoveButton
        label={`${texts.editor.removeAdjustment}: ${name} ${index + 1}`}
        remove={() => set(list, without(draft, list, index))}
      />
    </div>
  )
}

/** `10%` fills the percentage, `50` the amount; never both. */
function AmountOrPercent({ place, label }: { place: string; label: string }) {
  const { set, touch } = useEditor()
  const amount = useField(`${place}.amount`)
  const percent = useField(`${place}.percent`)
  const text = percent.value === '' ? amount.value : `${percent.value}%`
  const write = (typed: string) => {
    const [number, isPercent] = splitPercent(typed)
    set(`${place}.percent`, isPercent ? number : undefined)
    set(`${place}.amount`, isPercent ? undefined : number)
  }
  const settle = () => {
    touch(place)
    const [typed, isPercent] = splitPercent(text)
    const number = readNumber(typed)
    if (number !== undefined) write(isPercent ? `${number}%` : number)
  }
  return (
    <TextInput
      label={label}
      attributes={{ input: { dir: 'ltr' } }}
      data-field={place}
      value={text}
      error={amount.error ?? percent.error}
      onChange={({ currentTarget }) => write(currentTarget.value)}
      onBlur={settle}
    />
  )
}

/** Code and text of a charge's reason go together (BR-KSA-19 to BR-KSA-22). */
function ChargeReason({ place }: { place: string }) {
  const { language, texts } = usePreferences()
  const { set } = useEditor()
  const code = useField(`${place}.reasonCode`)
  const pick = (picked: string) => {
    set(`${place}.reasonCode`, picked)
    if (isCodeOf(chargeReasons, picked)) set(`${place}.reason`, chargeReasons[picked][language])
  }
  return (
    <NativeSelect
      label={texts.editor.reason}
      data-field={`${place}.reasonCode`}
      value={code.value}
      error={code.error}
      onChange={({ currentTarget }) => pick(currentTarget.value)}
      data={Object.entries(chargeReasons).map(([value, names]) => ({ value, label: `${names[language]} · ${value}` }))}
    />
  )
}
