/** All keys and certificates of one company: what each is there for, what it says, and what to do about it. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { riyadhDate } from '../../components/dates.ts'
import { Day } from '../../components/day.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Loading } from '../../components/loading.tsx'
import { isolated } from '../../i18n/isolated.ts'
import { goTo, type Place } from '../../place.ts'
import { usePreferences, useTexts } from '../../preferences.tsx'
import { type CertificateEntry, type Company, companyCertificatesQuery } from '../../queries.ts'
import { DaysLeft } from './days-left.tsx'
import { renewalOf } from './renewal.ts'

export function CompanyCertificates({ company }: { company: Company }) {
  const { certificates } = useTexts()
  const { data, error } = useQuery(companyCertificatesQuery(company.id))
  return (
    <section aria-label={certificates.all(isolated(company.name))}>
      <h2>{certificates.all(isolated(company.name))}</h2>
      <p className="dim">{certificates.startOverLead}</p>
      <FailureNotice error={error} brief />
      {data === undefined && error === null ? <Loading /> : null}
      {data?.map((entry) => (
        <Entry key={entry.certificate?.csidId ?? entry.keyFingerprint} entry={entry} />
      ))}
    </section>
  )
}

function Entry({ entry }: { entry: CertificateEntry }) {
  const { language, texts } = usePreferences()
  const { certificates } = texts
  const { unitName, environment, use, words, keyFingerprint, certificate } = entry
  return (
    <article className="company certificate" data-use={use} aria-label={`${unitName} ${words.use[language]}`}>
      <header>
        <div>
          <p className="certificate-head">
            <span className="unit-environment" data-environment={environment}>
              {texts.environments[environment]}
            </span>
            <strong>
              <bdi>{unitName}</bdi>
            </strong>
            <span>
              {certificate === undefined ? certificates.keyOnly : certificates.purposes[certificate.purpose]} ·{' '}
              {words.use[language]}
            </span>
            {certificate === undefined || use === 'old' ? null : <DaysLeft of={certificate} />}
          </p>
          <p>{words.advice[language]}</p>
        </div>
        <Actions entry={entry} />
      </header>
      <dl className="facts">
        {certificate === undefined ? null : <CertificateFacts certificate={certificate} />}
        <div>
          <dt>{certificates.key}</dt>
          <dd>
            <Identifier label={certificates.key} value={keyFingerprint} clip />
          </dd>
        </div>
      </dl>
    </article>
  )
}

function CertificateFacts({ certificate }: { certificate: NonNullable<CertificateEntry['certificate']> }) {
  const { certificates } = useTexts()
  const { serial, epoch, notBefore, notAfter } = certificate
  return (
    <>
      <div>
        <dt>{certificates.validity}</dt>
        <dd>
          {certificates.from} <Day date={riyadhDate(notBefore)} /> {certificates.to} <Day date={riyadhDate(notAfter)} />{' '}
          · {certificates.chain(epoch)}
        </dd>
      </div>
      <div>
        <dt>{certificates.serial}</dt>
        <dd>
          <Identifier label={certificates.serial} value={serial} clip />
        </dd>
      </div>
    </>
  )
}

interface Action {
  readonly label: 'renew' | 'startOver' | 'registerAnew' | 'resume'
  readonly place: Place
  readonly strong?: true
}

/** The advised way stands out; starting over stays possible for a certificate in use. */
const actionsOf = ({ unitId, use, advice, certificate }: CertificateEntry): readonly Action[] => {
  if (use === 'old') return []
  const resume: Action = { label: 'resume', place: { screen: 'onboarding', id: unitId }, strong: true }
  if (certificate === undefined) return [resume]
  const anew = renewalOf(unitId, 'anew', certificate.csidId)
  const startOver: Action = { label: 'startOver', place: anew }
  if (use === 'under-way') return advice === 'start-over' ? [{ ...startOver, strong: true }] : [resume, startOver]
  if (advice === 'register-anew') return [{ label: 'registerAnew', place: anew, strong: true }]
  const renew: Action = { label: 'renew', place: renewalOf(unitId, 'renew', certificate.csidId) }
  return [advice === 'renew' ? { ...renew, strong: true } : renew, startOver]
}

function Actions({ entry }: { entry: CertificateEntry }) {
  const { certificates } = useTexts()
  return (
    <div className="actions">
      {actionsOf(entry).map(({ label, place, strong }) => (
        <Button key={label} size="compact-sm" variant={strong ? 'filled' : 'default'} onClick={() => goTo(place)}>
          {certificates[label]}
        </Button>
      ))}
    </div>
  )
}
