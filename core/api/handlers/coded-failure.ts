/** Turns whatever an operation throws into a Failure that a caller understands: the only thing that leaves the router. */
import { ORPCError, ValidationError } from '@orpc/server'
import { Failure } from '#core/errors.ts'
import { type Issue, schemaFindings } from '#core/invoice/parse-draft.ts'
import type { Log } from '#core/ports.ts'
import { originOf } from '#core/system/log.ts'
import { worded } from './worded.ts'

export interface Occasion {
  readonly log: Log
  readonly requestId: string
  readonly operation: string
  readonly input: unknown
}

export const codedFailure = (thrown: unknown, occasion: Occasion): Failure => {
  const failure = thrown instanceof Failure ? thrown : refusedInput(thrown)
  if (failure !== undefined) return worded(failure, occasion.input)
  const { log, requestId, operation } = occasion
  log.error('request/unexpected', { requestId, operation, origin: originOf(thrown) })
  return new Failure('internal/unexpected')
}

/**
 * Input that does not fit the contract, all problems at once: `draft/invalid` with paths from the draft's root when every one of them
 * lies within the draft, else `request/invalid` with paths from the input's root.
 */
const refusedInput = (thrown: unknown): Failure | undefined => {
  if (!(thrown instanceof ORPCError) || thrown.code !== 'BAD_REQUEST') return undefined
  if (!(thrown.cause instanceof ValidationError)) return undefined
  const findings = schemaFindings(thrown.cause.issues.filter(isIssue), thrown.cause.data)
  if (!findings.every(({ path }) => path.startsWith(draftRoot))) {
    return new Failure('request/invalid', { details: { findings } })
  }
  const within = findings.map((finding) => ({ ...finding, path: finding.path.slice(draftRoot.length) }))
  return new Failure('draft/invalid', { details: { findings: within } })
}

const draftRoot = 'draft.'

/** The contract is written in zod, whose issues say more than the standard asks for. */
const isIssue = (issue: object): issue is Issue => 'code' in issue
