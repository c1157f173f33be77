/** Second step: the one-time password. Says who has to log in where; in practice a button hands one out, with its countdown. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { asciiIdentifier } from '#core/invoice/numerals.ts'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Unit, useRefresh } from '../../queries.ts'
import type { Renewal } from '../certificates/renewal.ts'

interface Props {
  readonly unit: Unit
  readonly renewal: Renewal | undefined
}

export function OtpStep({ unit, renewal }: Props) {
  const texts = useTexts()
  const refresh = useRefresh()
  const unitId = unit.id
  const steps = texts.onboarding[renewal?.kind === 'renew' ? 'renewalOtpSteps' : 'otpSteps'][unit.environment]
  const { register, handleSubmit, setValue, formState } = useForm({ defaultValues: { otp: '' } })
  const [validUntil, setValidUntil] = useState<number>()
  const rehearse = useMutation({
    mutationFn: () => api.onboardings.rehearsalOtp({ unitId }),
    onSuccess: ({ otp, validSeconds }) => {
      setValue('otp', otp, { shouldValidate: true })
      setValidUntil(Date.now() + validSeconds * 1000)
    },
  })
  const request = useMutation({
    mutationFn: ({ otp }: { otp: string }) => ask(unitId, asciiIdentifier(otp), renewal),
    onSuccess: () => refresh('onboarding', 'units', 'certificates'),
  })
  return (
    <form onSubmit={handleSubmit((form) => request.mutate(form))} noValidate>
      <h2>{texts.onboarding.otpTitle}</h2>
      {renewal === undefined ? null : <p className="dim">{texts.onboarding.renewalLeads[renewal.kind]}</p>}
      <h3>{texts.onboarding.atHand}</h3>
      <ol className="at-hand">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="otp">
        <CheckedField
          label={texts.onboarding.otp}
          description={texts.onboarding.otpHint}
          latin
          inputMode="numeric"
          size="lg"
          maxLength={6}
          finding={formState.errors.otp?.message}
          {...register('otp', { validate: (text) => /^\d{6}$/.test(asciiIdentifier(text)) || texts.checks.otp })}
        />
        {unit.environment === 'PRACTICE' ? (
          <Button variant="default" loading={rehearse.isPending} onClick={() => rehearse.mutate()}>
            {texts.onboarding.rehearsal}
          </Button>
        ) : null}
        {validUntil === undefined ? null : <Countdown until={validUntil} />}
      </div>
      <FailureNotice
        error={rehearse.error ?? request.error}
        lead={texts.onboarding.failedAt(texts.onboarding.steps.otp)}
      />
      <Button type="submit" loading={request.isPending}>
        {texts.onboarding.request}
      </Button>
    </form>
  )
}

/** A renewal names the certificate that it replaces; registering anew gives it up. */
const ask = (unitId: string, otp: string, renewal: Renewal | undefined) => {
  if (renewal?.kind === 'renew') return api.onboardings.renew({ unitId, otp, giveUp: renewal.giveUp })
  return api.onboardings.requestCsid({ unitId, otp, ...(renewal && { giveUp: renewal.giveUp }) })
}

function Countdown({ until }: { until: number }) {
  const texts = useTexts()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span className="dim figures" role="timer">
      {seconds === 0 ? texts.onboarding.otpExpired : texts.onboarding.validFor(clock)}
    </span>
  )
}
