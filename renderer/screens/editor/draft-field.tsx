/** One field of the draft as an input: kept as typed, brought to its plain form on leaving, with its finding below. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { fieldAt } from '#core/invoice/fields.ts'
import { useEditor } from './context.tsx'
import { textAt } from './paths.ts'
import { readAs } from './reading.ts'

const latinKinds = new Set(['decimal', 'identifier', 'code', 'date', 'time'])

interface Props {
  readonly field: string
  readonly label: string
  readonly placeholder?: string
  readonly multiline?: boolean
  readonly className?: string
}

/** Value, change, leaving and finding of a place in the draft. */
export const useField = (field: string) => {
  const { draft, set, touch, findingsAt, sentence } = useEditor()
  const [finding] = findingsAt(field)
  const kind = fieldAt(field)?.kind ?? 'name'
  const text = textAt(draft, field)
  return {
    'data-field': field,
    // On the input itself: Mantine would put a plain `dir` around label and input.
    attributes: { input: { dir: latinKinds.has(kind) ? 'ltr' : 'auto' } },
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
    onBlur: () => {
      touch(field)
      const settled = readAs(kind, text)
      if (settled !== text) set(field, settled)
    },
    error: finding && sentence(finding),
    ...(finding?.severity === 'warning' ? { 'data-warning': true } : {}),
  }
}

export function DraftField({ field, label, placeholder, multiline = false, className }: Props) {
  const bound = useField(field)
  const shared = {
    ...bound,
    label,
    autoComplete: 'off',
    ...(placeholder && { placeholder }),
    ...(className && { className }),
  }
  return multiline ? <Textarea {...shared} autosize minRows={2} /> : <TextInput {...shared} />
}

interface Option {
  readonly value: string
  readonly label: string
}

export function DraftSelect({ field, label, options }: { field: string; label: string; options: readonly Option[] }) {
  const { attributes: _direction, onBlur: _blur, ...bound } = useField(field)
  return <NativeSelect {...bound} label={label} data={[...options]} />
}
