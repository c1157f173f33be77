/** The office's clients with their units; add one, change one, connect one to ZATCA, work with one. */
import { Button } from '@mantine/core'
import { IconBuildings, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Empty } from '../../components/empty.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { goTo, usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { companiesQuery } from '../../queries.ts'
import { CompanyCard } from './company-card.tsx'
import { CompanyForm } from './company-form.tsx'

export function Companies() {
  const texts = useTexts()
  const { id } = usePlace()
  const { data, error, isPending } = useQuery(companiesQuery)
  if (isPending) return <Loading />
  if (error !== null) return <FailureNotice error={error} />
  const open = data.find((company) => company.id === id)
  if (id === 'new' || open !== undefined) return <CompanyForm key={id} {...(open && { company: open })} />
  const add = () => goTo({ screen: 'companies', id: 'new' })
  if (data.length === 0) {
    return (
      <Empty icon={IconBuildings} title={texts.companies.emptyTitle} text={texts.companies.emptyText}>
        <Button leftSection={<IconPlus size={16} />} onClick={add}>
          {texts.companies.addFirst}
        </Button>
      </Empty>
    )
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{texts.companies.title}</h1>
          <p className="dim">{texts.companies.lead}</p>
        </div>
        <Button leftSection={<IconPlus size={16} />} onClick={add}>
          {texts.companies.add}
        </Button>
      </header>
      {data.map((company) => (
        <CompanyCard key={company.id} company={company} />
      ))}
    </div>
  )
}
