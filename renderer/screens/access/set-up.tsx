/** The first account of a fresh installation. There is no default password anywhere. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice, failureOf } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Inputs, infoQuery, useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'
import { NewPassword, useNewPasswordRules } from './new-password.tsx'
import { tokenFromAddress } from './set-up-token.ts'

export function SetUp() {
  const texts = useTexts()
  const refresh = useRefresh()
  const rules = useNewPasswordRules()
  // A desktop belongs to whoever sits in front of it; a server to whoever can read what it prints.
  const needsToken = useQuery(infoQuery).data?.shell === 'server'
  const { register, handleSubmit, control, formState } = useForm({
    defaultValues: { token: tokenFromAddress, name: '', username: '', password: '', repeat: '' },
    mode: 'onTouched',
  })
  const create = useMutation({
    mutationFn: (input: Inputs['access']['setUp']) => api.access.setUp(input),
    onSuccess: () => refresh('info', 'me'),
  })
  const isRefused = failureOf(create.error)?.error === 'access/wrong-set-up-token'
  const asksForToken = needsToken && (tokenFromAddress === '' || isRefused)
  const password = useWatch({ control, name: 'password' })
  const errors = formState.errors
  return (
    <AccessPage title={texts.access.setUpTitle} lead={texts.access.setUpLead}>
      <form
        onSubmit={handleSubmit(({ repeat, token, ...account }) =>
          create.mutate(needsToken ? { ...account, token: token.trim() } : account),
        )}
        noValidate
      >
        <Stack gap={12}>
          {asksForToken ? (
            <CheckedField
              label={texts.access.token}
              description={texts.access.tokenWhere}
              latin
              finding={errors.token?.message}
              {...register('token', { required: texts.access.tokenNeeded })}
            />
          ) : null}
          <CheckedField
            label={texts.access.name}
            autoComplete="name"
            finding={errors.name?.message}
            {...register('name', { required: texts.access.nameNeeded })}
          />
          <CheckedField
            label={texts.access.username}
            autoComplete="username"
            latin
            finding={errors.username?.message}
            {...register('username', {
              required: texts.access.usernameNeeded,
              minLength: { value: 3, message: texts.access.usernameNeeded },
            })}
          />
          <NewPassword
            label={texts.access.password}
            value={password}
            finding={errors.password?.message}
            field={register('password', rules)}
          />
          <PasswordInput
            label={texts.access.repeat}
            autoComplete="new-password"
            size="sm"
            error={errors.repeat?.message}
            {...register('repeat', { validate: (repeat, all) => repeat === all.password || texts.access.mismatch })}
          />
          <FailureNotice error={create.error} />
          <Button type="submit" loading={create.isPending} fullWidth>
            {texts.access.create}
          </Button>
        </Stack>
      </form>
    </AccessPage>
  )
}
