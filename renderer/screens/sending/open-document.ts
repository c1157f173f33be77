/** Opens a document of any company: the frame then works with its company and unit. */
import { goTo } from '../../place.ts'
import type { OpenDocument } from '../../queries.ts'
import { useWorkspace } from '../../workspace.tsx'

export const useOpenDocument = () => {
  const { choose } = useWorkspace()
  return ({ id, companyId, unitId }: Pick<OpenDocument, 'id' | 'companyId' | 'unitId'>) => {
    choose(companyId, unitId)
    goTo({ screen: 'documents', id })
  }
}

/** Names of companies by id; a company that is not loaded yet has none. */
export const useCompanyName = () => {
  const { companies } = useWorkspace()
  return (id: string): string => companies.find((company) => company.id === id)?.name ?? ''
}
