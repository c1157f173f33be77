/** The typed client of the screens: over the desktop's bridge when there is one, else over HTTP to the server that sent this page. */
import { type Call, createClient, httpCall, type Outcome } from '#core/api/client.ts'
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

/** What comes over the bridge is checked like anything from outside; an answer in another form throws. */
const asOutcome = (answer: unknown): Outcome => {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) throw new TypeError('no outcome')
  if (answer.ok === true) return { ok: true, value: 'value' in answer ? answer.value : undefined }
  const error = failureBody.parse('error' in answer ? answer.error : undefined)
  return { ok: false, status: 'status' in answer ? Number(answer.status) : 500, error }
}

const bridgeCall =
  (bridge: Bridge): Call =>
  async (path, input) =>
    asOutcome(await bridge.call(path.join('.'), input))

export const api = createClient(
  window.khatm === undefined ? httpCall(window.location.origin) : bridgeCall(window.khatm),
)

/** Events from the desktop; a page in a browser asks again by itself instead. */
export const onEvent = (listener: (event: string) => void): void => window.khatm?.on(listener)
