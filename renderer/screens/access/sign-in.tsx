/** Sign-in of a named user. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice, failureOf } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Inputs, useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'

/** Being asked for the code is no fault: the field says so itself. */
const isFirstAsking = (error: Error | null): boolean => failureOf(error)?.error === 'access/code-needed'

export function SignIn() {
  const texts = useTexts()
  const refresh = useRefresh()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { username: '', password: '', code: '' } })
  /** The password was right, and the account asks for more. */
  const [second, setSecond] = useState(false)
  const signIn = useMutation({
    mutationFn: (credentials: Inputs['access']['signIn']) => api.access.signIn(credentials),
    onSuccess: () => refresh('me'),
    onError: (error) => setSecond((before) => before || failureOf(error)?.error === 'access/code-needed'),
  })
  return (
    <AccessPage title={texts.access.signInTitle} lead={texts.access.signInLead}>
      <form
        onSubmit={handleSubmit(({ code, ...values }) => signIn.mutate(second ? { ...values, code } : values))}
        noValidate
      >
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
          {second ? (
            <CheckedField
              label={texts.access.code}
              description={texts.access.codeHint}
              autoComplete="one-time-code"
              inputMode="numeric"
              latin
              autoFocus
              finding={formState.errors.code?.message}
              {...register('code', { required: texts.access.codeHint })}
            />
          ) : null}
          <FailureNotice error={isFirstAsking(signIn.error) ? null : signIn.error} brief />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {texts.access.signIn}
          </Button>
        </Stack>
      </form>
    </AccessPage>
  )
}
