/** The wizard: one page per step from a described unit to one that issues, and from a certificate to the next. It shows what the server says comes next, so it can be left and resumed. */
import { Stepper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { onboardingQuery, type Onboarding as Progress } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { parseRenewal, type Renewal } from '../certificates/renewal.ts'
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
  return <UnderWay unitId={id} renewal={parseRenewal(action)} />
}

const pageOf: Readonly<Record<Progress['next'], (progress: Progress, renewal: Renewal | undefined) => ReactNode>> = {
  otp: (progress, renewal) => <OtpStep unit={progress.unit} renewal={renewal} />,
  check: (progress, renewal) => <CheckStep progress={progress} renewal={renewal} />,
  activate: (progress) => <ActivateStep progress={progress} />,
  done: (progress, renewal) => <DoneStep unit={progress.unit} renewed={renewal !== undefined} />,
}

function UnderWay({ unitId, renewal }: { unitId: string; renewal: Renewal | undefined }) {
  const { data, error } = useQuery(onboardingQuery(unitId, renewal?.giveUp))
  if (error !== null) return <FailureNotice error={error} />
  if (data === undefined) return <Loading />
  return (
    <Page step={data.next} renewal={renewal}>
      {pageOf[data.next](data, renewal)}
    </Page>
  )
}

interface PageProps {
  readonly step: Step
  readonly renewal?: Renewal | undefined
  readonly children: ReactNode
}

function Page({ step, renewal, children }: PageProps) {
  const texts = useTexts()
  const position = steps.indexOf(step)
  return (
    <div className="page wizard" data-step={step}>
      <header className="page-head">
        <div>
          <h1>{renewal === undefined ? texts.onboarding.title : texts.onboarding.renewalTitles[renewal.kind]}</h1>
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
