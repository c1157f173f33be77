/** Fourth step: the production certificate. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { useTexts } from '../../preferences.tsx'
import { type Onboarding, useRefresh } from '../../queries.ts'
import { ComplianceList } from './check-step.tsx'

export function ActivateStep({ progress }: { progress: Onboarding }) {
  const texts = useTexts()
  const refresh = useRefresh()
  const activate = useMutation({
    mutationFn: () => api.onboardings.activate({ unitId: progress.unit.id }),
    onSuccess: () => refresh('onboarding', 'units', 'certificates'),
  })
  return (
    <section>
      <h2>{texts.onboarding.activateTitle}</h2>
      <p className="dim">{texts.onboarding.activateLead}</p>
      <ComplianceList steps={progress.compliance} sending={false} />
      <FailureNotice error={activate.error} lead={texts.onboarding.failedAt(texts.onboarding.steps.activate)} />
      <Button loading={activate.isPending} onClick={() => activate.mutate()}>
        {texts.onboarding.activate}
      </Button>
    </section>
  )
}
