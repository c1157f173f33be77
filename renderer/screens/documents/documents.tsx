/** The list of issued documents with the open one beside it: arrows walk, Escape goes back, nothing loses its place. */
import { Button } from '@mantine/core'
import { IconFileInvoice } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentState } from '#core/vocabulary.ts'
import { api } from '../../api.ts'
import { useOffer } from '../../commands.tsx'
import { Empty } from '../../components/empty.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Loading } from '../../components/loading.tsx'
import { NoCompany } from '../../components/no-company.tsx'
import { goTo, usePlace } from '../../place.ts'
import { useTexts } from '../../preferences.tsx'
import { type DocumentFilter, documentsKey, pageSize } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'
import { Detail } from './detail.tsx'
import { Filters } from './filters.tsx'
import { DocumentTable } from './table.tsx'

export function Documents() {
  const { company, environment } = useWorkspace()
  if (company === undefined) {
    return <NoCompany />
  }
  return <List key={company.id} base={{ companyId: company.id, ...(environment && { environment }) }} />
}

/** Documents on their way change by themselves. */
const refreshAfter = 5_000

function List({ base }: { base: DocumentFilter }) {
  const texts = useTexts()
  const { id } = usePlace()
  const [state, setState] = useState<DocumentState>()
  const [search, setSearch] = useState('')
  const filter = { ...base, ...(state && { state }), ...(search && { search }) }
  const { data, error, isPending, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: documentsKey(filter),
    queryFn: ({ pageParam }) =>
      api.invoices.list({ ...filter, limit: pageSize, ...(pageParam !== '' && { after: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    refetchInterval: refreshAfter,
  })
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const isFiltered = state !== undefined || search !== ''
  const open = (document: string | undefined) => goTo({ screen: 'documents', ...(document && { id: document }) })
  useOffer(id === undefined ? {} : { back: () => open(undefined) })
  if (error !== null) return <FailureNotice error={error} />
  if (!isPending && rows.length === 0 && !isFiltered && id === undefined) {
    return (
      <Empty icon={IconFileInvoice} title={texts.documents.emptyTitle} text={texts.documents.emptyText}>
        <Button onClick={() => goTo({ screen: 'editor' })}>{texts.documents.writeFirst}</Button>
      </Empty>
    )
  }
  return (
    <div className="split" data-open={id !== undefined || undefined}>
      <section className="split-list" aria-label={texts.documents.title}>
        <Filters state={state} setState={setState} search={search} setSearch={setSearch} />
        {isPending ? <Loading /> : null}
        {rows.length === 0 && isFiltered ? (
          <p className="dim padded">
            {texts.documents.emptyFiltered}{' '}
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                setState(undefined)
                setSearch('')
              }}
            >
              {texts.documents.clearFilter}
            </Button>
          </p>
        ) : (
          <DocumentTable
            rows={rows}
            selected={id}
            open={open}
            more={hasNextPage ? () => void fetchNextPage() : undefined}
          />
        )}
      </section>
      {id === undefined ? null : <Detail key={id} id={id} close={() => open(undefined)} />}
    </div>
  )
}
