/** The table of the gateway's six endpoints (spec A2). */
import type { Answer } from './answer.ts'
import type { Call, SignedInCall } from './call.ts'
import type { EndpointName } from './endpoint-names.ts'
import { issueComplianceCsid, issueProductionCsid, renewProductionCsid } from './onboarding.ts'
import { checkCompliance, clear, report } from './submission.ts'

interface Address {
  readonly name: EndpointName
  readonly method: 'POST' | 'PATCH'
  readonly path: string
}

export type Endpoint = Address &
  (
    | { readonly auth: 'none'; readonly handle: (call: Call) => Answer }
    | { readonly auth: 'compliance' | 'production'; readonly handle: (call: SignedInCall) => Answer }
  )

export const ENDPOINTS: readonly Endpoint[] = [
  { name: 'compliance-csid', method: 'POST', path: '/compliance', auth: 'none', handle: issueComplianceCsid },
  { name: 'compliance', method: 'POST', path: '/compliance/invoices', auth: 'compliance', handle: checkCompliance },
  {
    name: 'production-csid',
    method: 'POST',
    path: '/production/csids',
    auth: 'compliance',
    handle: issueProductionCsid,
  },
  { name: 'renewal', method: 'PATCH', path: '/production/csids', auth: 'production', handle: renewProductionCsid },
  { name: 'reporting', method: 'POST', path: '/invoices/reporting/single', auth: 'production', handle: report },
  { name: 'clearance', method: 'POST', path: '/invoices/clearance/single', auth: 'production', handle: clear },
]
