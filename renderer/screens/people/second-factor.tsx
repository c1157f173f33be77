/** The own second step at sign-in: begun with the password, confirmed with the first code, ended with the password. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'
import { useTexts } from '../../preferences.tsx'
import { meQuery, useRefresh } from '../../queries.ts'

export function SecondFactor() {
  const { people } = useTexts()
  const isOn = useQuery(meQuery).data?.totp === true
  return (
    <section aria-label={people.second} data-part="second-factor">
      <h2>{people.second}</h2>
      <p className="dim">{isOn ? people.secondOn : people.secondLead}</p>
      {isOn ? <Remove /> : <Add />}
    </section>
  )
}

function Add() {
  const { people } = useTexts()
  const offer = useMutation({ mutationFn: (password: string) => api.access.offerTotp({ password }) })
  if (offer.data !== undefined) return <Confirm {...offer.data} />
  return <WithPassword label={people.secondBegin} act={offer} />
}

function Remove() {
  const { people } = useTexts()
  const refresh = useRefresh()
  const remove = useMutation({
    mutationFn: (password: string) => api.access.removeTotp({ password }),
    onSuccess: () => refresh('me', 'people'),
  })
  return <WithPassword label={people.secondRemove} act={remove} />
}

interface Act {
  readonly mutate: (password: string) => void
  readonly error: Error | null
  readonly isPending: boolean
}

/** Whoever finds an unlocked screen does not get far. */
function WithPassword({ label, act }: { readonly label: string; readonly act: Act }) {
  const { access, common, people } = useTexts()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { password: '' } })
  return (
    <form onSubmit={handleSubmit(({ password }) => act.mutate(password))} noValidate>
      <Stack gap={12}>
        <PasswordInput
          label={people.current}
          autoComplete="current-password"
          size="sm"
          error={formState.errors.password?.message}
          visibilityToggleButtonProps={{ 'aria-label': common.showPassword }}
          {...register('password', { required: access.passwordNeeded })}
        />
        <FailureNotice error={act.error} brief />
        <Button type="submit" variant="default" loading={act.isPending} fullWidth>
          {label}
        </Button>
      </Stack>
    </form>
  )
}

function Confirm({ text, uri }: { readonly text: string; readonly uri: string }) {
  const { access, people } = useTexts()
  const refresh = useRefresh()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => api.access.confirmTotp({ code }),
    onSuccess: () => refresh('me', 'people'),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate()
      }}
    >
      <Stack gap={12}>
        <p>{people.secondScan}</p>
        <div className="second-factor">
          <QrPicture payload={uri} label={people.secondPicture} />
          <div>
            <span className="dim">{people.secondType}</span>
            <bdi dir="ltr" className="secret">
              {text.match(/.{1,4}/g)?.join(' ')}
            </bdi>
          </div>
        </div>
        <TextInput
          label={access.code}
          autoComplete="one-time-code"
          inputMode="numeric"
          size="sm"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          attributes={{ input: { dir: 'ltr' } }}
        />
        <FailureNotice error={confirm.error} brief />
        <Button type="submit" disabled={code.trim().length < 6} loading={confirm.isPending} fullWidth>
          {people.secondConfirm}
        </Button>
      </Stack>
    </form>
  )
}
