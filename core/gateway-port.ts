/** What the workflow needs from ZATCA's gateway: requests as values, and what each answer means. A part of `ports.ts`. */
import type { GatewayFinding } from './records.ts'
import type { Endpoint } from './vocabulary.ts'

export interface Credentials {
  /** `binarySecurityToken` exactly as returned */
  readonly token: string
  readonly secret: string
}

export interface Submission {
  readonly invoiceHash: string
  readonly uuid: string
  readonly invoice: Uint8Array
}

export interface Answer {
  readonly httpStatus: number | undefined
  /** Raw body, cut to a sane length, secrets removed: kept with the attempt */
  readonly body: string
}

/** What an answer means for a document (reliability section 5). A rejection is a value; unknown is a state of its own. */
export type Verdict = Answer &
  (
    | {
        readonly kind: 'accepted'
        readonly outcome: 'cleared' | 'reported'
        readonly duplicate: boolean
        readonly clearedXml: Uint8Array | undefined
        readonly findings: readonly GatewayFinding[]
      }
    | { readonly kind: 'rejected'; readonly findings: readonly GatewayFinding[] }
    | { readonly kind: 'reroute' }
    | { readonly kind: 'sign-in-refused' }
    | { readonly kind: 'misconfigured' }
    | { readonly kind: 'too-large' }
    | { readonly kind: 'renewal-needed' }
    | { readonly kind: 'throttled'; readonly retryAfterSeconds: number | undefined }
    | { readonly kind: 'unknown'; readonly cause: string }
    /** `local`: it failed on this side, so that it says nothing about the way to ZATCA */
    | { readonly kind: 'unsent'; readonly cause: string; readonly local?: true }
  )

export type CsidVerdict = Answer &
  (
    | {
        readonly kind: 'issued'
        readonly requestId: string
        readonly token: string
        readonly secret: string
        readonly complianceNeeded: boolean
      }
    | { readonly kind: 'otp-refused'; readonly message: string }
    | { readonly kind: 'csr-refused'; readonly message: string }
    | { readonly kind: 'steps-missing'; readonly message: string }
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'unknown'; readonly cause: string }
    | { readonly kind: 'unsent'; readonly cause: string }
  )

/** One environment's gateway. The only thing that opens a socket to ZATCA. */
export interface Gateway {
  complianceCsid(csrPem: string, otp: string): Promise<CsidVerdict>
  complianceCheck(credentials: Credentials, submission: Submission): Promise<Verdict>
  productionCsid(credentials: Credentials, complianceRequestId: string): Promise<CsidVerdict>
  renewCsid(credentials: Credentials, csrPem: string, otp: string): Promise<CsidVerdict>
  submit(endpoint: Endpoint, credentials: Credentials, submission: Submission): Promise<Verdict>
}
