/** What the screens read, under one key each, so that a change made anywhere refreshes it everywhere. */

import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Contract } from '#core/api/contract.ts'
import { api } from './api.ts'

export type Inputs = InferContractRouterInputs<Contract>
export type Outputs = InferContractRouterOutputs<Contract>
export type Company = Outputs['companies']['create']
export type Unit = Outputs['units']['create']
export type Onboarding = Outputs['onboardings']['get']
export type ComplianceStep = Onboarding['compliance'][number]
export type DocumentSummary = Outputs['invoices']['list']['rows'][number]
export type DocumentDetail = Outputs['invoices']['get']
export type SavedDraft = Outputs['drafts']['list'][number]
export type Proof = Outputs['invoices']['verify'][number]
export type CheckedFile = Outputs['checks']['file']
export type QrReading = Outputs['checks']['qr']
export type Board = Outputs['sending']['board']
export type OpenDocument = Board['held'][number]
export type Road = Board['roads'][number]
export type CertificateExpiry = Outputs['certificates']['overview'][number]
export type CertificateEntry = Outputs['certificates']['list'][number]
export type Setting = Outputs['settings']['list'][number]
export type BackupOverview = Outputs['backups']['list']
export type BackupRun = Outputs['backups']['run']
export type ApiKey = Outputs['apiKeys']['list'][number]
export type Webhook = Outputs['webhooks']['list'][number]
export type Delivery = Outputs['webhooks']['test']
export type Evidence = Outputs['invoices']['evidence']
export type GatewayFinding = DocumentDetail['findings'][number]
export type User = Outputs['access']['me']
export type Member = Outputs['users']['list'][number]

export interface DocumentFilter {
  readonly companyId: string
  readonly environment?: DocumentSummary['environment']
  readonly state?: DocumentSummary['state']
  readonly search?: string
}

export const pageSize = 100
/** While documents are on their way the list asks again; in the desktop an event comes sooner. */
const settling = 3_000
const idle = 15_000

export const infoQuery = queryOptions({ queryKey: ['info'], queryFn: () => api.system.info() })
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => api.access.me(), retry: false })
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: () => api.system.queue(),
  refetchInterval: (query) => (query.state.data?.waiting ? settling : idle),
})
export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: () => api.users.list() })
export const companiesQuery = queryOptions({ queryKey: ['companies'], queryFn: () => api.companies.list() })
export const unitsQuery = (companyId: string) =>
  queryOptions({ queryKey: ['units', companyId], queryFn: () => api.units.list({ companyId }) })
/** `giveUp`: the certificate that a renewal or a new start replaces. */
export const onboardingQuery = (unitId: string, giveUp?: string) =>
  queryOptions({
    queryKey: ['onboarding', unitId, giveUp ?? ''],
    queryFn: () => api.onboardings.get({ unitId, ...(giveUp !== undefined && { giveUp }) }),
  })
export const boardQuery = queryOptions({
  queryKey: ['board'],
  queryFn: () => api.sending.board({}),
  refetchInterval: settling,
})
export const certificatesQuery = queryOptions({
  queryKey: ['certificates'],
  queryFn: () => api.certificates.overview(),
})
export const companyCertificatesQuery = (companyId: string) =>
  queryOptions({
    queryKey: ['certificates', companyId],
    queryFn: () => api.certificates.list({ companyId }),
  })
export const settingsQuery = queryOptions({ queryKey: ['settings'], queryFn: () => api.settings.list() })
export const backupsQuery = queryOptions({ queryKey: ['backups'], queryFn: () => api.backups.list() })
export const apiKeysQuery = queryOptions({ queryKey: ['apiKeys'], queryFn: () => api.apiKeys.list() })
export const webhooksQuery = queryOptions({ queryKey: ['webhooks'], queryFn: () => api.webhooks.list() })
export const deliveriesQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', id],
    queryFn: () => api.webhooks.deliveries({ id, limit: 10 }),
    refetchInterval: idle,
  })
export const evidenceQuery = (id: string) =>
  queryOptions({ queryKey: ['evidence', id], queryFn: () => api.invoices.evidence({ id }) })
export const draftsQuery = (companyId: string) =>
  queryOptions({ queryKey: ['drafts', companyId], queryFn: () => api.drafts.list({ companyId }) })

const isSettling = (state: DocumentSummary['state']) => state === 'waiting' || state === 'sending'

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['document', id],
    queryFn: () => api.invoices.get({ id }),
    refetchInterval: (query) => (query.state.data && isSettling(query.state.data.state) ? settling : false),
  })

export const documentsKey = (filter: DocumentFilter) => ['documents', filter] as const

/** Everything that an issued, sent or corrected document changes. */
export const useRefresh = () => {
  const client = useQueryClient()
  return (...keys: readonly string[]) => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })))
}

export const useCompanies = () => useQuery(companiesQuery).data ?? []
