/** A road to ZATCA: open, or closed for a reason with what happens next; pausing production is confirmed by writing the word. */
import { Button } from '@mantine/core'
import { IconCircleCheck, IconPlayerPause, IconPlugConnectedX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { api } from '../../api.ts'
import { CheckedField } from '../../components/checked-field.tsx'
import { riyadhTime } from '../../components/dates.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { StateSentences } from '../../components/state-sentences.tsx'
import { isolated } from '../../i18n/isolated.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type Road, useRefresh } from '../../queries.ts'
import { useCompanyName } from './open-document.ts'

export function RoadCard({ road }: { road: Road }) {
  const { language, texts } = usePreferences()
  const refresh = useRefresh()
  const [isAsking, setAsking] = useState(false)
  const settled = () => {
    setAsking(false)
    return refresh('board', 'queue')
  }
  const isProduction = road.environment === 'PRODUCTION'
  const pause = useMutation({
    // The person has written the word in his own language by then.
    mutationFn: () => api.sending.pause({ road: road.id, ...(isProduction && { confirm: road.environment }) }),
    onSuccess: settled,
  })
  const resume = useMutation({ mutationFn: () => api.sending.resume({ road: road.id }), onSuccess: settled })
  const isOpen = road.state === 'open'
  const Icon = isOpen ? IconCircleCheck : road.reason === 'paused' ? IconPlayerPause : IconPlugConnectedX
  return (
    <article className="company road" data-open={isOpen} aria-label={texts.environments[road.environment]}>
      <header>
        <div className="road-name">
          <span className="unit-environment" data-environment={road.environment}>
            {texts.environments[road.environment]}
          </span>
          <RoadPart road={road} />
          <span className="state road-state">
            <Icon size={16} stroke={1.8} aria-hidden /> {road.standing.name[language]}
          </span>
          {isOpen ? null : <Since road={road} />}
        </div>
        {isOpen ? (
          <Button variant="default" size="compact-sm" onClick={() => setAsking(!isAsking)} aria-expanded={isAsking}>
            {texts.sending.pause}
          </Button>
        ) : (
          <Button size="compact-sm" loading={resume.isPending} onClick={() => resume.mutate()}>
            {texts.sending.resume}
          </Button>
        )}
      </header>
      {isOpen ? null : <StateSentences texts={road.standing} />}
      {isAsking && isOpen ? (
        <Confirmation
          isProduction={isProduction}
          isPending={pause.isPending}
          pause={() => pause.mutate()}
          cancel={() => setAsking(false)}
        />
      ) : null}
      <FailureNotice error={pause.error ?? resume.error} brief />
    </article>
  )
}

/** Less than the whole environment: an endpoint, or the certificate of a unit. */
function RoadPart({ road: { endpoint, unit } }: { road: Road }) {
  const texts = useTexts()
  const companyName = useCompanyName()
  if (unit !== undefined) {
    return (
      <span>
        {texts.sending.unit(isolated(unit.name))} · <bdi>{companyName(unit.companyId)}</bdi>
      </span>
    )
  }
  return endpoint === undefined ? null : <span>{texts.sending.endpoints[endpoint]}</span>
}

function Since({ road: { changedAt, changedBy, probeAt } }: { road: Road }) {
  const { sending } = useTexts()
  return (
    <span className="dim">
      {sending.since(isolated(riyadhTime(changedAt)), changedBy === 'system' ? sending.program : isolated(changedBy))}
      {probeAt === undefined ? null : ` · ${sending.tryAgain(isolated(riyadhTime(probeAt)))}`}
    </span>
  )
}

interface ConfirmationProps {
  readonly isProduction: boolean
  readonly isPending: boolean
  readonly pause: () => void
  readonly cancel: () => void
}

function Confirmation({ isProduction, isPending, pause, cancel }: ConfirmationProps) {
  const texts = useTexts()
  const { register, handleSubmit, formState } = useForm({ defaultValues: { word: '' } })
  const word = texts.onboarding.productionWord
  return (
    <form className="confirmation" onSubmit={handleSubmit(pause)} noValidate>
      <p>{texts.sending.pauseWarning}</p>
      {isProduction ? (
        <CheckedField
          label={texts.sending.confirmProduction}
          finding={formState.errors.word?.message}
          {...register('word', { validate: (text) => text.trim() === word || texts.sending.confirmWrong })}
        />
      ) : null}
      <div className="actions">
        <Button type="submit" color="red" loading={isPending}>
          {texts.sending.pauseNow}
        </Button>
        <Button variant="default" onClick={cancel}>
          {texts.common.cancel}
        </Button>
      </div>
    </form>
  )
}
