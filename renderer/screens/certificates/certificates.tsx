/** Every certificate in use by the day it ends, and all keys and certificates of the current company with what to do about each. */
import { Button } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { riyadhDate } from '../../components/dates.ts'
import { Day } from '../../components/day.tsx'
import { Empty } from '../../components/empty.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { goTo } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { boardQuery, type CertificateExpiry, certificatesQuery } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { useCompanyName } from '../sending/open-document.ts'
import { CompanyCertificates } from './company-certificates.tsx'
import { DaysLeft } from './days-left.tsx'
import { renewalOf } from './renewal.ts'

export function Certificates() {
  const texts = useTexts()
  const { company } = useWorkspace()
  const { data, error } = useQuery(certificatesQuery)
  if (error !== null) return <FailureNotice error={error} />
  if (data === undefined) return <Loading />
  if (data.length === 0) {
    return (
      <Empty icon={IconCertificate} title={texts.certificates.title} text={texts.certificates.empty}>
        <Button onClick={() => goTo({ screen: 'companies' })}>{texts.frame.companies}</Button>
      </Empty>
    )
  }
  return (
    <div className="page certificates">
      <header className="page-head">
        <div>
          <h1>{texts.certificates.title}</h1>
          <p className="dim">{texts.certificates.lead}</p>
        </div>
      </header>
      <Expiries entries={data} />
      {company === undefined ? null : <CompanyCertificates company={company} />}
    </div>
  )
}

function Expiries({ entries }: { entries: readonly CertificateExpiry[] }) {
  const { certificates } = useTexts()
  const { columns } = certificates
  return (
    <table className="board-table" aria-label={certificates.title}>
      <thead>
        <tr>
          <th scope="col">{columns.company}</th>
          <th scope="col">{columns.unit}</th>
          <th scope="col">{columns.environment}</th>
          <th scope="col">{columns.ends}</th>
          <th scope="col">{columns.left}</th>
          <th>
            <span className="visually-hidden">{certificates.renew}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Expiry key={entry.csidId} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}

function Expiry({ entry }: { entry: CertificateExpiry }) {
  const texts = useTexts()
  const companyName = useCompanyName()
  const { companyId, unitId, unitName, environment, csidId, notAfter, level } = entry
  const isRefused = useIsRefused(unitId)
  const isOver = level === 'expired' || isRefused
  return (
    <tr>
      <th scope="row">
        <bdi>{companyName(companyId)}</bdi>
      </th>
      <td>
        <bdi>{unitName}</bdi>
      </td>
      <td>
        <span className="unit-environment" data-environment={environment}>
          {texts.environments[environment]}
        </span>
      </td>
      <td>
        <Day date={riyadhDate(notAfter)} />
      </td>
      <td>
        <DaysLeft of={entry} />
      </td>
      <td>
        <Button
          size="compact-sm"
          variant={level === undefined && !isRefused ? 'default' : 'filled'}
          onClick={() => goTo(renewalOf(unitId, isOver ? 'anew' : 'renew', csidId))}
        >
          {isOver ? texts.certificates.registerAnew : texts.certificates.renew}
        </Button>
      </td>
    </tr>
  )
}

/** ZATCA refuses the certificate when documents are sent: it would refuse the renewal as well. */
const useIsRefused = (unitId: string): boolean => {
  const roads = useQuery(boardQuery).data?.roads ?? []
  return roads.some(({ unit, reason }) => unit?.id === unitId && reason === 'sign-in-refused')
}
