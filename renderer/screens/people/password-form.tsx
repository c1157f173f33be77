/** A new password for somebody who forgot it or is locked out; the own one is changed with the old one. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useForm, useWatch } from 'react-hook-form'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type Member, useRefresh } from '../../queries.ts'
import { ChangePassword } from '../access/change-password.tsx'
import { NewPassword, useNewPasswordRules } from '../access/new-password.tsx'
import { SecondFactor } from './second-factor.tsx'

/** Anybody's own. */
export function OwnPassword() {
  const { people } = useTexts()
  return (
    <div className="page form">
      <h1>{people.change}</h1>
      <p className="dim">{people.ownLead}</p>
      <ChangePassword done={() => goTo({ screen: 'documents' })} />
      <SecondFactor />
    </div>
  )
}

const close = () => goTo({ screen: 'people' })

export function ResetPassword({ member }: { member: Member }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const rules = useNewPasswordRules()
  const { register, handleSubmit, control, formState } = useForm({ defaultValues: { password: '' }, mode: 'onTouched' })
  const reset = useMutation({
    mutationFn: ({ password }: { password: string }) => api.users.resetPassword({ id: member.id, password }),
    onSuccess: async () => {
      await refresh('people')
      close()
    },
  })
  const password = useWatch({ control, name: 'password' })
  return (
    <form className="page form" onSubmit={handleSubmit((form) => reset.mutate(form))} noValidate>
      <h1>
        {texts.people.newPassword}: <bdi>{member.name}</bdi>
      </h1>
      <p className="dim">{texts.people.resetLead}</p>
      <NewPassword
        label={texts.people.next}
        value={password}
        finding={formState.errors.password?.message}
        field={register('password', rules)}
      />
      <FailureNotice error={reset.error} brief />
      <div className="actions">
        <Button type="submit" loading={reset.isPending}>
          {texts.people.reset}
        </Button>
        <Button variant="default" onClick={close}>
          {texts.common.cancel}
        </Button>
      </div>
    </form>
  )
}
