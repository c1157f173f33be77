/** The one typed client: the same calls and the same failures over IPC and over HTTP. */
import { type ClientLink, createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { contract } from './contract.ts'
import { type FailureBody, failureBody } from './failure-body.ts'

export type Client = ContractRouterClient<typeof contract>

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly error: FailureBody }

/** What a transport has to offer: run the operation at `path`; rejects only when no answer came. */
export type Call = (path: readonly string[], input: unknown) => Promise<Outcome>

/** A coded failure as the caller sees it; `body` carries the texts in both languages. */
export class ClientFailure extends Error {
  readonly status: number
  readonly body: FailureBody

  constructor(status: number, body: FailureBody) {
    super(body.error)
    this.name = 'ClientFailure'
    this.status = status
    this.body = body
  }
}

/** All operations of the contract over one call function; rejects with ClientFailure. */
export const createClient = (call: Call): Client => {
  const link: ClientLink<Record<never, never>> = {
    call: async (path, input) => {
      const outcome = await call(path, input)
      if (outcome.ok) return outcome.value
      throw new ClientFailure(outcome.status, outcome.error)
    },
  }
  return createORPCClient<Client>(link)
}

/** Our own page, known by its session cookie; or a program, known by a token if it has one yet. */
export type HttpCaller = 'page' | { readonly token?: string | undefined }

/** Cross-site pages cannot send it without asking first, so it tells our own pages from others (CSRF). */
export const ownPageHeader = 'x-khatm-page'

/** The REST interface under `/api/v1` as a call function; `origin` is the server's address without a path. */
export const httpCall = (origin: string, caller: HttpCaller = 'page'): Call => {
  const link = new OpenAPILink(contract, {
    url: `${origin}/api/v1`,
    headers: identification(caller),
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
    customErrorResponseBodyDecoder: (body, response) => codedError(body, response.status),
  })
  return async (path, input) => {
    try {
      return { ok: true, value: await link.call(path, input, { context: {} }) }
    } catch (thrown) {
      return refusal(thrown)
    }
  }
}

const identification = (caller: HttpCaller): Readonly<Record<string, string>> => {
  if (caller === 'page') return { [ownPageHeader]: '1' }
  return caller.token === undefined ? {} : { authorization: `Bearer ${caller.token}` }
}

/** The server's own body; what is no answer of this contract (no network, another server) stays an error of its own. */
const refusal = (thrown: unknown): Outcome => {
  if (!(thrown instanceof ORPCError)) throw thrown
  return { ok: false, status: thrown.status, error: failureBody.parse(thrown.data) }
}

const codedError = (body: unknown, status: number) => {
  const { success, data } = failureBody.safeParse(body)
  return success ? new ORPCError(data.error, { status, data }) : undefined
}
