/** Third step: the compliance documents, sent one after the other; each line fills in with its own result. */
import { Button, Loader } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { documentTitles } from '#core/invoice/codes/document-kinds.ts'
import { api } from '../../api.ts'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { FindingList } from '../../components/finding-list.tsx'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type ComplianceStep, type Onboarding, onboardingQuery } from '../../queries.ts'
import type { Renewal } from '../certificates/renewal.ts'

interface Props {
  readonly progress: Onboarding
  readonly renewal: Renewal | undefined
}

export function CheckStep({ progress, renewal }: Props) {
  const texts = useTexts()
  const client = useQueryClient()
  const unitId = progress.unit.id
  const stopped = useRef(false)
  const keep = (next: Onboarding) => client.setQueryData(onboardingQuery(unitId, renewal?.giveUp).queryKey, next)
  const send = useMutation({
    mutationFn: async () => {
      stopped.current = false
      for (let current = progress; current.next === 'check' && !stopped.current; ) {
        const before = current
        current = await api.onboardings.check({ unitId })
        keep(current)
        if (passed(current) === passed(before)) return
      }
    },
  })
  const total = progress.compliance.length
  const done = passed(progress)
  return (
    <section>
      <h2>{texts.onboarding.checkTitle}</h2>
      <p className="dim">{texts.onboarding.checkLead}</p>
      <ComplianceList steps={progress.compliance} sending={send.isPending} />
      <FailureNotice error={send.error} lead={texts.onboarding.failedAt(texts.onboarding.steps.check)} />
      <div className="actions">
        <Button loading={send.isPending} onClick={() => send.mutate()}>
          {texts.onboarding.start}
        </Button>
        {send.isPending ? (
          <>
            <span role="status">{texts.onboarding.running(Math.min(done + 1, total), total)}</span>
            <Button
              variant="default"
              onClick={() => {
                stopped.current = true
              }}
            >
              {texts.onboarding.stop}
            </Button>
          </>
        ) : null}
      </div>
    </section>
  )
}

const passed = ({ compliance }: Onboarding): number => compliance.filter(({ state }) => state === 'passed').length

const icons = { open: IconCircleDashed, passed: IconCircleCheck, failed: IconCircleX }

export function ComplianceList({ steps, sending }: { steps: readonly ComplianceStep[]; sending: boolean }) {
  const { language, texts } = usePreferences()
  const next = steps.findIndex(({ state }) => state !== 'passed')
  return (
    <ol className="compliance">
      {steps.map(({ kind, profile, state, findings }, index) => {
        const Icon = icons[state]
        const isSending = sending && index === next
        return (
          <li key={`${profile} ${kind}`} data-state={state}>
            {isSending ? <Loader size={18} /> : <Icon size={18} stroke={1.8} aria-hidden />}
            <span>{documentTitles[profile][kind][language]}</span>
            <span className="dim">{isSending ? texts.onboarding.sendingNow : texts.onboarding[state]}</span>
            <FindingList findings={findings.filter(({ type }) => type !== 'info')} />
          </li>
        )
      })}
    </ol>
  )
}
