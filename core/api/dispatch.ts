/** Runs one operation of the router for a transport that carries plain values (IPC, tests): every outcome is a value. */
import { type AnyRouter, createProcedureClient, getRouter, isProcedure, unlazy } from '@orpc/server'
import { asFailure, Failure } from '#core/errors.ts'
import type { Outcome } from './client.ts'
import { failureBodyOf } from './failure-body.ts'
import type { CallContext } from './handlers/doors.ts'

export interface Call {
  /** Group and operation as the contract names them: `['invoices', 'issue']`. */
  readonly path: readonly string[]
  readonly input: unknown
  readonly context: CallContext
}

/** Never rejects. The value is plain data, as the contract describes it. */
export const dispatch = async (router: AnyRouter, { path, input, context }: Call): Promise<Outcome> => {
  try {
    const procedure = await operation(router, path)
    return { ok: true, value: await plain(await createProcedureClient(procedure, { context, path })(input)) }
  } catch (thrown) {
    const failure = asFailure(thrown)
    return { ok: false, status: failure.kind.status, error: failureBodyOf(failure, context.requestId) }
  }
}

/** A download as text: this road carries no streams. What never ends is not carried at all. */
const plain = async (value: unknown): Promise<unknown> => {
  if (typeof value !== 'object' || value === null) return value
  if ('body' in value && value.body instanceof ReadableStream)
    return { ...value, body: await new Response(value.body).text() }
  if (!(Symbol.asyncIterator in value)) return value
  throw new Failure('request/not-found', { reason: 'a stream without an end' })
}

const operation = async (router: AnyRouter, path: readonly string[]) => {
  const { default: found } = await unlazy(getRouter(router, path))
  if (isProcedure(found)) return found
  throw new Failure('request/not-found', { details: { operation: path.join('.') } })
}
