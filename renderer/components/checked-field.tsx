/** A text field whose finding stands beside it in a sentence as soon as the person has left it. */
import { TextInput, type TextInputProps } from '@mantine/core'

interface Props extends Omit<TextInputProps, 'error'> {
  readonly finding?: string | undefined
  readonly latin?: boolean
}

/** `latin` for identifiers: an isolated left-to-right run inside Arabic forms. */
export function CheckedField({ finding, latin = false, ...field }: Props) {
  return (
    <TextInput
      {...field}
      {...(latin ? { attributes: { input: { dir: 'ltr' } } } : {})}
      autoComplete={field.autoComplete ?? 'off'}
      error={finding}
    />
  )
}
