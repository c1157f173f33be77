/** The two roads to the same operations: plain values as over IPC, and HTTP. Everything in `test/api` walks both. */
import { type Call, type Client, createClient, httpCall } from '#core/api/client.ts'
import { dispatch } from '#core/api/dispatch.ts'
import type { RunningOffice } from '#core/compose.ts'
import { buildHttp } from '../../server/http.ts'

export interface OpenTransport {
  /** The client of somebody with this session token, or of nobody */
  client(token?: string): Client
  close(): Promise<void>
}

export interface Transport {
  readonly name: string
  open(running: RunningOffice): Promise<OpenTransport>
}

/** What Electron's bridge does to values on their way: a structured clone, in both directions. */
const ipc: Transport = {
  name: 'IPC',
  open: async ({ router }) => {
    const callWith =
      (token: string | undefined): Call =>
      async (path, input) =>
        structuredClone(
          await dispatch(router, { path, input: structuredClone(input), context: { token, requestId: 'ipc-1' } }),
        )
    return { client: (token) => createClient(callWith(token)), close: async () => undefined }
  },
}

const http: Transport = {
  name: 'HTTP',
  open: async ({ office, router }) => {
    const readiness = { draining: false }
    const options = { publicUrl: undefined, docs: true, debug: false, trustProxy: [], pages: undefined }
    const app = await buildHttp({ office, router, readiness, ...options })
    const origin = await app.listen({ host: '127.0.0.1', port: 0 })
    return {
      client: (token) => createClient(httpCall(origin, { token })),
      close: () => app.close(),
    }
  },
}

export const transports: readonly Transport[] = [ipc, http]
