/** The office's clients with their units; add one, change one, connect one to ZATCA, work with one. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { NoCompany } from '../../components/no-company.tsx'
import { goTo, usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { companiesQuery, meQuery } from '../../queries.ts'
import { CompanyCard } from './company-card.tsx'
import { CompanyForm } from './company-form.tsx'

export function Companies() {
  const texts = useTexts()
  const { id } = usePlace()
  const { data, error, isPending } = useQuery(companiesQuery)
  // A new client is taken on by those who work for all of them.
  const mayAdd = useQuery(meQuery).data?.companies === 'all'
  if (isPending) return <Loading />
  if (error !== null) return <FailureNotice error={error} />
  const open = data.find((company) => company.id === id)
  if (id === 'new' || open !== undefined) return <CompanyForm key={id} {...(open && { company: open })} />
  if (data.length === 0) {
    return <NoCompany />
  }
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{texts.companies.title}</h1>
          <p className="dim">{texts.companies.lead}</p>
        </div>
        {mayAdd ? (
          <Button leftSection={<IconPlus size={16} />} onClick={() => goTo({ screen: 'companies', id: 'new' })}>
            {texts.companies.add}
          </Button>
        ) : null}
      </header>
      {data.map((company) => (
        <CompanyCard key={company.id} company={company} />
      ))}
    </div>
  )
}
