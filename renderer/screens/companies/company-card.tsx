/** One client: identity, its units with their certificates, and what can be done next. */
import { Button } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleDashed,
  IconClockExclamation,
  IconLock,
  IconPlugConnected,
  IconProgress,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { riyadhDate } from '../../components/dates.ts'
import { Day } from '../../components/day.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { goTo } from '../../place.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import type { Company, Unit } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'

export function CompanyCard({ company }: { company: Company }) {
  const texts = useTexts()
  const { unitsOf, choose, company: current } = useWorkspace()
  const units = unitsOf(company.id)
  const isCurrent = current?.id === company.id
  const connect = () => {
    choose(company.id)
    goTo({ screen: 'onboarding', id: company.id, action: 'new' })
  }
  return (
    <article className="company" aria-label={company.name}>
      <header>
        <div>
          <h2>
            <bdi>{company.name}</bdi> {isCurrent ? <span className="tag">{texts.companies.current}</span> : null}
          </h2>
          <p className="dim">
            {texts.frame.vat} <Identifier value={company.vatNumber} label={texts.frame.vat} />
            {' · '}
            <bdi>{company.party.address?.city}</bdi>
          </p>
        </div>
        <div className="actions">
          {isCurrent ? null : (
            <Button variant="default" onClick={() => choose(company.id)}>
              {texts.companies.open}
            </Button>
          )}
          <Button variant="default" onClick={() => goTo({ screen: 'companies', id: company.id })}>
            {texts.common.edit}
          </Button>
          <Button
            variant={units.length === 0 ? 'filled' : 'default'}
            leftSection={<IconPlugConnected size={16} stroke={1.6} />}
            onClick={connect}
          >
            {units.length === 0 ? texts.companies.connect : texts.companies.addUnit}
          </Button>
        </div>
      </header>
      {units.length === 0 ? <p className="dim">{texts.companies.noUnits}</p> : null}
      {units.map((unit) => (
        <UnitRow key={unit.id} unit={unit} />
      ))}
    </article>
  )
}

const unitIcons = {
  new: IconCircleDashed,
  compliance: IconProgress,
  ready: IconCircleCheck,
  expired: IconClockExclamation,
  closed: IconLock,
} as const

function UnitRow({ unit }: { unit: Unit }) {
  const { language, texts } = usePreferences()
  const Icon = unitIcons[unit.state]
  const verify = useMutation({ mutationFn: () => api.units.verifyChain({ unitId: unit.id }) })
  const isUnderWay = unit.state === 'new' || unit.state === 'compliance'
  return (
    <div className="unit">
      <span className="unit-environment" data-environment={unit.environment}>
        {texts.environments[unit.environment]}
      </span>
      <bdi className="unit-name">{unit.name}</bdi>
      <span className="state" data-unit-state={unit.state}>
        <Icon size={16} stroke={1.8} aria-hidden /> {unit.standing.name[language]}
      </span>
      <span className="dim">{texts.functionalities[unit.functionality]}</span>
      <span className="dim unit-facts">
        {unit.lastIcv === undefined ? null : <span>{texts.companies.issuedCount(unit.lastIcv)}</span>}
        {unit.certificateNotAfter === undefined ? null : (
          <span>
            {texts.companies.validUntil} <Day date={riyadhDate(unit.certificateNotAfter)} />
          </span>
        )}
      </span>
      {isUnderWay ? (
        <Button size="compact-sm" onClick={() => goTo({ screen: 'onboarding', id: unit.id })}>
          {texts.companies.resume}
        </Button>
      ) : (
        <Button size="compact-sm" variant="subtle" loading={verify.isPending} onClick={() => verify.mutate()}>
          {texts.companies.verifyChain}
        </Button>
      )}
      {verify.data === undefined ? null : (
        <p className="unit-proof" data-ok={verify.data.ok} role="status">
          {verify.data.firstBroken === undefined
            ? texts.companies.chainOk(verify.data.documents)
            : texts.companies.chainBroken(verify.data.firstBroken.icv)}
        </p>
      )}
      <FailureNotice error={verify.error} />
    </div>
  )
}
