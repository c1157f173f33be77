/** The desktop's transport: one channel that runs operations of the contract for our own page, with the session kept in the main process. */
import { randomUUID } from 'node:crypto'
import { type BrowserWindow, ipcMain } from 'electron'
import type { Outcome } from '#core/api/client.ts'
import { type Call, dispatch } from '#core/api/dispatch.ts'
import { failureBodyOf } from '#core/api/failure-body.ts'
import { Failure } from '#core/errors.ts'
import { callChannel, eventChannel } from './channels.ts'
import { isTrustedSender } from './window.ts'

type Router = Parameters<typeof dispatch>[0]

/** The token of whoever is signed in at this window; it never reaches the page. */
const sessionKeeper = (): { token: string | undefined; holder: NonNullable<Call['context']['session']> } => {
  const keeper = {
    token: undefined as string | undefined,
    holder: {
      keep: (token: string): void => {
        keeper.token = token
      },
      drop: (): void => {
        keeper.token = undefined
      },
    },
  }
  return keeper
}

/** Group and operation as the contract names them: `invoices.issue`. */
const isPath = (path: unknown): path is string => typeof path === 'string' && /^\w{1,40}(\.\w{1,40}){1,3}$/.test(path)

const refusal = (failure: Failure, requestId: string): Outcome => ({
  ok: false,
  status: failure.kind.status,
  error: failureBodyOf(failure, requestId),
})

/** Answers every call of the page with an outcome; nothing is thrown across the bridge. */
export const answerCalls = (router: Router): void => {
  const session = sessionKeeper()
  ipcMain.handle(callChannel, async (event, path: unknown, input: unknown): Promise<Outcome> => {
    const requestId = randomUUID()
    if (!isTrustedSender(event.senderFrame)) return refusal(new Failure('access/origin'), requestId)
    if (!isPath(path)) return refusal(new Failure('request/invalid'), requestId)
    const call = { path: path.split('.'), input }
    return dispatch(router, { ...call, context: { token: session.token, requestId, session: session.holder } })
  })
}

/** Tells the page that something changed, so that it asks again. */
export const notify = (window: BrowserWindow, event: string): void => window.webContents.send(eventChannel, event)
