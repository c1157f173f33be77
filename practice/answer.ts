/** An answer of the gateway before it goes onto the wire, and the shapes of its errors (spec A4). */
import { type Language, type RefusalCode, refusalText } from './messages.ts'

export interface Answer {
  readonly status: number
  /** An object is sent as JSON; a text as it is, with the content type of `headers` or as plain text. */
  readonly body: object | string
  readonly headers?: Readonly<Record<string, string>>
}

export const answer = (
  status: number,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  body,
  headers,
})

export const refusal = (
  status: number,
  code: RefusalCode,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): Answer => answer(status, { errors: [{ code, message: refusalText(code, language, values) }] })

/** A signing request that was refused: the first reason is the code, the message tells all of them. */
export const refusedRequest = (codes: readonly RefusalCode[], language: Language): Answer =>
  answer(400, {
    errorCode: codes[0],
    errorCategory: 'Invalid-CSR',
    errorMessage: codes.map((code) => refusalText(code, language)).join(' '),
  })

export const unauthorized = (now: number): Answer =>
  answer(401, { timestamp: now, status: 401, error: 'Unauthorized', message: '' })

export const notAcceptable = (): Answer => answer(406, 'This Version is not supported or not provided in the header.')

export const serverError = (status: number, message: string): Answer =>
  answer(status, { category: 'HTTP-Errors', code: `${status}`, message })

/** What stands in front of the real gateway answers in HTML. */
export const gatewayPage = (status: number, title: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, `<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`, {
    'content-type': 'text/html',
    ...headers,
  })
