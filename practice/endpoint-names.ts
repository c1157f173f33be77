/** What the six endpoints are called in faults, answers and the ledger (spec A2). */
export const ENDPOINT_NAMES = [
  'compliance-csid',
  'compliance',
  'production-csid',
  'renewal',
  'reporting',
  'clearance',
] as const

export type EndpointName = (typeof ENDPOINT_NAMES)[number]
