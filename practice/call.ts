/** What every call of the gateway works with. */
import type { Certificate } from './certificates/certificate.ts'
import type { EnvironmentName } from './environments.ts'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { Language } from './messages.ts'
import type { ScriptedAnswers } from './scripted.ts'
import type { Credential, State } from './state.ts'

export interface Practice {
  /** Milliseconds since 1970, as the control clock has them. */
  readonly now: () => number
  readonly state: State
  readonly save: () => void
  readonly ledger: Ledger
  readonly faults: Faults
  readonly scripted: ScriptedAnswers
}

/** A request as far as the gateway looks at it; header names are in lower case. */
export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/** A call that reached its endpoint. `caller` is the CSID it came with, where the endpoint asks for one. */
export interface Call {
  readonly practice: Practice
  readonly environment: EnvironmentName
  readonly request: Request
  readonly language: Language
  readonly body: unknown
}

export interface SignedInCall extends Call {
  readonly caller: Credential
  readonly certificate: Certificate
}
