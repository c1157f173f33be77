/** Last page: the unit issues from now on. */
import { Button } from '@mantine/core'
import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import { riyadhDate } from '../../components/dates.ts'
import { Day } from '../../components/day.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import type { Unit } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'

interface Props {
  readonly unit: Unit
  readonly renewed: boolean
}

export function DoneStep({ unit, renewed }: Props) {
  const texts = useTexts()
  const { choose } = useWorkspace()
  const write = () => {
    choose(unit.companyId, unit.id)
    goTo({ screen: 'editor' })
  }
  return (
    <section className="wizard-done">
      <IconRosetteDiscountCheck size={48} stroke={1.2} aria-hidden />
      <h2>{renewed ? texts.onboarding.renewedTitle : texts.onboarding.doneTitle}</h2>
      <p>{renewed ? texts.onboarding.renewedLead : texts.onboarding.doneLead}</p>
      {unit.certificateNotAfter === undefined ? null : (
        <p className="dim">
          {texts.companies.validUntil} <Day date={riyadhDate(unit.certificateNotAfter)} />
        </p>
      )}
      <div className="actions">
        {renewed ? (
          <Button onClick={() => goTo({ screen: 'certificates' })}>{texts.onboarding.toCertificates}</Button>
        ) : (
          <>
            <Button onClick={write}>{texts.onboarding.firstInvoice}</Button>
            <Button variant="default" onClick={() => goTo({ screen: 'companies' })}>
              {texts.onboarding.toCompanies}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}
