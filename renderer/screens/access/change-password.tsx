/** The own password: asked for at the first sign-in with one that somebody else chose, and whenever a person wants another. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Inputs, useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'
import { NewPassword, useNewPasswordRules } from './new-password.tsx'

/** In the place of every other screen until it is done. */
export function FirstPassword() {
  const texts = useTexts()
  return (
    <AccessPage title={texts.people.firstTitle} lead={texts.people.firstLead}>
      <ChangePassword />
    </AccessPage>
  )
}

export function ChangePassword({ done = () => undefined }: { readonly done?: () => void }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const rules = useNewPasswordRules()
  const { register, handleSubmit, control, formState } = useForm({
    defaultValues: { current: '', next: '', repeat: '' },
    mode: 'onTouched',
  })
  const change = useMutation({
    mutationFn: (input: Inputs['access']['changePassword']) => api.access.changePassword(input),
    onSuccess: async () => {
      await refresh('me')
      done()
    },
  })
  const next = useWatch({ control, name: 'next' })
  const { errors } = formState
  return (
    <form onSubmit={handleSubmit(({ current, next }) => change.mutate({ current, next }))} noValidate>
      <Stack gap={12}>
        <PasswordInput
          label={texts.people.current}
          autoComplete="current-password"
          size="sm"
          error={errors.current?.message}
          visibilityToggleButtonProps={{ 'aria-label': texts.common.showPassword }}
          {...register('current', { required: texts.access.passwordNeeded })}
        />
        <NewPassword
          label={texts.people.next}
          value={next}
          finding={errors.next?.message}
          field={register('next', rules)}
        />
        <PasswordInput
          label={texts.access.repeat}
          autoComplete="new-password"
          size="sm"
          error={errors.repeat?.message}
          {...register('repeat', { validate: (repeat, all) => repeat === all.next || texts.access.mismatch })}
        />
        <FailureNotice error={change.error} brief />
        <Button type="submit" loading={change.isPending} fullWidth>
          {texts.people.change}
        </Button>
      </Stack>
    </form>
  )
}
