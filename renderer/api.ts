/** The typed client of the screens: over the desktop's bridge when there is one, else over HTTP to the server that sent this page. */
import { z } from 'zod'
import { type Call, createClient, httpCall } from '#core/api/client.ts'
import { failureBody } from '#core/api/failure-body.ts'

/** What the desktop's preload exposes. */
interface Bridge {
  readonly call: (path: string, input: unknown) => Promise<unknown>
  readonly on: (listener: (event: string) => void) => void
}

declare global {
  interface Window {
    readonly khatm?: Bridge
  }
}

const outcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), status: z.number(), error: failureBody }),
])

const bridgeCall =
  (bridge: Bridge): Call =>
  async (path, input) =>
    outcome.parse(await bridge.call(path.join('.'), input))

export const api = createClient(
  window.khatm === undefined ? httpCall(window.location.origin) : bridgeCall(window.khatm),
)

/** Events from the desktop; a page in a browser asks again by itself instead. */
export const onEvent = (listener: (event: string) => void): void => window.khatm?.on(listener)
