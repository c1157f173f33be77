/** ZATCA's six calls and where they live: one table (spec A1 to A3). */
import { Failure } from '#core/errors.ts'
import type { Environment } from '#core/ports.ts'

export interface EndpointShape {
  readonly method: 'POST' | 'PATCH'
  readonly path: string
  /** Sends a one-time password instead of, or besides, the credentials */
  readonly otp: boolean
  readonly authenticated: boolean
  readonly headers: Readonly<Record<string, string>>
}

export const endpoints = {
  complianceCsid: { method: 'POST', path: '/compliance', otp: true, authenticated: false, headers: {} },
  complianceCheck: { method: 'POST', path: '/compliance/invoices', otp: false, authenticated: true, headers: {} },
  productionCsid: { method: 'POST', path: '/production/csids', otp: false, authenticated: true, headers: {} },
  renewCsid: { method: 'PATCH', path: '/production/csids', otp: true, authenticated: true, headers: {} },
  reporting: {
    method: 'POST',
    path: '/invoices/reporting/single',
    otp: false,
    authenticated: true,
    headers: { 'Clearance-Status': '0' },
  },
  clearance: {
    method: 'POST',
    path: '/invoices/clearance/single',
    otp: false,
    authenticated: true,
    headers: { 'Clearance-Status': '1' },
  },
} as const satisfies Record<string, EndpointShape>

export type EndpointName = keyof typeof endpoints

/** ZATCA's three environments; the practice gateway is wherever it was started. */
export const zatcaUrls = {
  SANDBOX: 'https://gw-fatoora.zatca.gov.sa/e-invoicing/developer-portal',
  SIMULATION: 'https://gw-fatoora.zatca.gov.sa/e-invoicing/simulation',
  PRODUCTION: 'https://gw-fatoora.zatca.gov.sa/e-invoicing/core',
} as const satisfies Record<Exclude<Environment, 'PRACTICE'>, string>

/** The base as a URL; throws `config/invalid` for anything but HTTPS, except a practice gateway, whose credentials are worth nothing. */
export const checkedBase = (environment: Environment, base: string): URL => {
  const url = URL.canParse(base) ? new URL(base) : undefined
  const rehearsal = environment === 'PRACTICE' && url?.protocol === 'http:'
  if (url === undefined || (url.protocol !== 'https:' && !rehearsal)) {
    throw new Failure('config/invalid', { reason: 'the gateway address must be https', details: { environment } })
  }
  return url
}
