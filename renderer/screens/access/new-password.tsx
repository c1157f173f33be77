/** A new password: how good it is while it is typed, and the rule beside the field. */
import { PasswordInput, Progress } from '@mantine/core'
import type { UseFormRegisterReturn } from 'react-hook-form'
import { useTexts } from '../../preferences.tsx'
import { minimumLength, strength } from './strength.ts'

const colours = ['var(--red)', 'var(--amber)', 'var(--amber)', 'var(--green)', 'var(--green)']

interface Props {
  readonly label: string
  /** What is typed so far */
  readonly value: string
  readonly finding: string | undefined
  readonly field: UseFormRegisterReturn
}

/** What `register` takes for such a field. */
export const useNewPasswordRules = () => {
  const { access } = useTexts()
  return { minLength: { value: minimumLength, message: access.strengthHint }, required: access.passwordNeeded }
}

export function NewPassword({ label, value, finding, field }: Props) {
  const { access, common } = useTexts()
  const level = strength(value)
  return (
    <>
      <PasswordInput
        label={label}
        description={access.strengthHint}
        autoComplete="new-password"
        size="sm"
        error={finding}
        visibilityToggleButtonProps={{ 'aria-label': common.showPassword }}
        {...field}
      />
      {value === '' ? null : (
        <div className="strength" aria-live="polite">
          <Progress value={(level + 1) * 20} color={colours[level] ?? ''} size={4} radius={2} />
          <span style={{ color: colours[level] }}>{access.strength[level]}</span>
        </div>
      )}
    </>
  )
}
