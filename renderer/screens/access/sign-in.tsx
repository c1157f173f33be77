/** Sign-in of a named user. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { failureTexts } from '#core/messages/failures.ts'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice, failureOf } from '../../components/failure-notice.tsx'
import { usePreferences } from '../../preferences.tsx'
import { type Inputs, infoQuery, useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'

/** Why a sign-in elsewhere led back here: behind `#refused=`, taken out of the address at once. */
const refusals = ['access/not-assigned', 'access/service-refused', 'access/service-unreachable'] as const
const word = /^#refused=(.+)$/.exec(window.location.hash)?.[1]
const refusal = refusals.find((code) => code === decodeURIComponent(word ?? ''))
if (word !== undefined) window.history.replaceState(null, '', window.location.pathname)

/** Being asked for the code is no fault: the field says so itself. */
const isFirstAsking = (error: Error | null): boolean => failureOf(error)?.error === 'access/code-needed'

export function SignIn() {
  const { texts, language } = usePreferences()
  const elsewhere = useQuery(infoQuery).data?.signInService === true
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
          {refusal === undefined || signIn.error !== null ? null : (
            <p role="alert" className="dim">
              {failureTexts[refusal][language]}
            </p>
          )}
          <FailureNotice error={isFirstAsking(signIn.error) ? null : signIn.error} brief />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            {texts.access.signIn}
          </Button>
          {elsewhere ? (
            <Button component="a" href="/api/v1/sign-in-service/start" variant="default" fullWidth>
              {texts.access.elsewhere}
            </Button>
          ) : null}
        </Stack>
      </form>
    </AccessPage>
  )
}
