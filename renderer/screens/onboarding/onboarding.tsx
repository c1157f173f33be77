/** The wizard: one page per step from a described unit to one that issues. It shows what the server says comes next, so it can be left and resumed. */
import { Stepper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { onboardingQuery, type Onboarding as Progress } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { ActivateStep } from './activate-step.tsx'
import { CheckStep } from './check-step.tsx'
import { DoneStep } from './done-step.tsx'
import { OtpStep } from './otp-step.tsx'
import { UnitStep } from './unit-step.tsx'

const steps = ['unit', 'otp', 'check', 'activate', 'done'] as const
type Step = (typeof steps)[number]

export function Onboarding() {
  const { id, action } = usePlace()
  const { companies, company } = useWorkspace()
  if (action === 'new' || id === undefined) {
    const owner = companies.find((one) => one.id === id) ?? company
    return owner === undefined ? <Loading /> : <Page step="unit">{<UnitStep company={owner} />}</Page>
  }
  return <UnderWay unitId={id} />
}

const pageOf: Readonly<Record<Progress['next'], (progress: Progress) => ReactNode>> = {
  otp: (progress) => <OtpStep unit={progress.unit} />,
  check: (progress) => <CheckStep progress={progress} />,
  activate: (progress) => <ActivateStep progress={progress} />,
  done: (progress) => <DoneStep unit={progress.unit} />,
}

function UnderWay({ unitId }: { unitId: string }) {
  const { data, error } = useQuery(onboardingQuery(unitId))
  if (error !== null) return <FailureNotice error={error} />
  if (data === undefined) return <Loading />
  return <Page step={data.next}>{pageOf[data.next](data)}</Page>
}

function Page({ step, children }: { step: Step; children: ReactNode }) {
  const texts = useTexts()
  const position = steps.indexOf(step)
  return (
    <div className="page wizard" data-step={step}>
      <header className="page-head">
        <div>
          <h1>{texts.onboarding.title}</h1>
          <p className="dim">
            {texts.onboarding.stepOf(position + 1, steps.length)} · {texts.onboarding.leave}
          </p>
        </div>
      </header>
      <Stepper active={step === 'done' ? steps.length : position} size="xs" iconSize={28} allowNextStepsSelect={false}>
        {steps.map((name) => (
          <Stepper.Step key={name} label={texts.onboarding.steps[name]} component="div" />
        ))}
      </Stepper>
      <div className="wizard-page">{children}</div>
    </div>
  )
}
