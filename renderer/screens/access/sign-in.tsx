/** Sign-in of a named user. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Inputs, useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'

export function SignIn() {
  const texts = useTexts()
  const refresh = useRefresh()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { username: '', password: '' } })
  const signIn = useMutation({
    mutationFn: (credentials: Inputs['access']['signIn']) => api.access.signIn(credentials),
    onSuccess: () => refresh('me'),
  })
  return (
    <AccessPage title={texts.access.signInTitle} lead={texts.access.signInLead}>
      <form onSubmit={handleSubmit((values) => signIn.mutate(values))} noValidate>
        <Stack gap={12}>
          <CheckedField
            label={texts.access.username}
            autoComplete="username"
            latin
            autoFocus
            finding={formState.errors.username?.message}
            {...register('username', { required: texts.access.usernameNeeded })}
          />
          <PasswordInput
            label={texts.access.password}
            autoComplete="current-password"
            size="sm"
            error={formState.errors.password?.message}
            {...register('password', { required: texts.access.passwordNeeded })}
          />
          <FailureNotice error={signIn.error} brief />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {texts.access.signIn}
          </Button>
        </Stack>
      </form>
    </AccessPage>
  )
}
