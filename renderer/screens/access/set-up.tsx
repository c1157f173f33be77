/** The first account of a fresh installation. There is no default password anywhere. */
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { useRefresh } from '../../queries.ts'
import { AccessPage } from './access-page.tsx'
import { NewPassword, useNewPasswordRules } from './new-password.tsx'

export function SetUp() {
  const texts = useTexts()
  const refresh = useRefresh()
  const rules = useNewPasswordRules()
  const { register, handleSubmit, control, formState } = useForm({
    defaultValues: { name: '', username: '', password: '', repeat: '' },
    mode: 'onTouched',
  })
  const create = useMutation({
    mutationFn: ({ name, username, password }: { name: string; username: string; password: string }) =>
      api.access.setUp({ name, username, password }),
    onSuccess: () => refresh('info', 'me'),
  })
  const password = useWatch({ control, name: 'password' })
  const errors = formState.errors
  return (
    <AccessPage title={texts.access.setUpTitle} lead={texts.access.setUpLead}>
      <form onSubmit={handleSubmit((values) => create.mutate(values))} noValidate>
        <Stack gap={12}>
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
