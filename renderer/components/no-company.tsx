/** What somebody sees who has no company to work for: add the first one or, where others say who works for whom, whom to ask. */
import { Button } from '@mantine/core'
import { IconBuildings, IconPlus, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { goTo } from '../place.ts'
import { useTexts } from '../preferences.tsx'
import { meQuery } from '../queries.ts'
import { Empty } from './empty.tsx'

export function NoCompany() {
  const { companies } = useTexts()
  const me = useQuery(meQuery).data
  if (me !== undefined && me.companies !== 'all') {
    return <Empty icon={IconUserQuestion} title={companies.unassignedTitle} text={companies.unassignedText} />
  }
  return (
    <Empty icon={IconBuildings} title={companies.emptyTitle} text={companies.emptyText}>
      <Button leftSection={<IconPlus size={16} />} onClick={() => goTo({ screen: 'companies', id: 'new' })}>
        {companies.addFirst}
      </Button>
    </Empty>
  )
}
