/** The company and unit that the person works with; the environment follows from the unit, so the two can never disagree. */
import { useQueries } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import type { Environment } from '#core/vocabulary.ts'
import { type Company, type Unit, unitsQuery, useCompanies } from './queries.ts'

const storageKey = 'khatm.workspace'

interface Choice {
  readonly companyId?: string
  readonly unitId?: string
}

export interface Workspace {
  readonly companies: readonly Company[]
  readonly unitsOf: (companyId: string) => readonly Unit[]
  readonly company: Company | undefined
  readonly unit: Unit | undefined
  readonly environment: Environment | undefined
  readonly choose: (companyId: string, unitId?: string) => void
}

const Context = createContext<Workspace | undefined>(undefined)

const stored = (): Choice => {
  const [companyId, unitId] = (localStorage.getItem(storageKey) ?? '').split(' ')
  return { ...(companyId ? { companyId } : {}), ...(unitId ? { unitId } : {}) }
}

/** The unit that was chosen, else the first that can issue, else the first. */
const chosenUnit = (units: readonly Unit[], unitId: string | undefined): Unit | undefined =>
  units.find(({ id }) => id === unitId) ?? units.find(({ state }) => state === 'ready') ?? units[0]

export function WorkspaceProvider({ children }: { children: ReactNode }) {
  const companies = useCompanies()
  const [choice, setChoice] = useState(stored)
  const unitLists = useQueries({ queries: companies.map(({ id }) => unitsQuery(id)) })
  const choose = useCallback((companyId: string, unitId?: string) => {
    localStorage.setItem(storageKey, [companyId, unitId].filter(Boolean).join(' '))
    setChoice({ companyId, ...(unitId === undefined ? {} : { unitId }) })
  }, [])
  const value = useMemo<Workspace>(() => {
    const units = new Map(companies.map(({ id }, index) => [id, unitLists[index]?.data ?? []]))
    const unitsOf = (companyId: string) => units.get(companyId) ?? []
    const company = companies.find(({ id }) => id === choice.companyId) ?? companies[0]
    const unit = company && chosenUnit(unitsOf(company.id), choice.unitId)
    return { companies, unitsOf, company, unit, environment: unit?.environment, choose }
  }, [companies, unitLists, choice, choose])
  return <Context value={value}>{children}</Context>
}

export const useWorkspace = (): Workspace => {
  const workspace = use(Context)
  if (workspace === undefined) throw new Error('WorkspaceProvider is missing')
  return workspace
}
