/** Reads what ZATCA's gateway answers: at least seven body shapes, none of which may break the program (spec A4, A6, A7). */
import type { GatewayFinding } from '#core/ports.ts'

/** The parsed body when it is a JSON object; undefined for plain text, HTML, a cut answer or any other JSON. */
export type Body = Readonly<Record<string, unknown>> | undefined

export const parseBody = (text: string): Body => {
  const value = parseJson(text)
  return isRecord(value) ? value : undefined
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A string, or a number written as one (requestID comes as either); blank counts as absent. */
export const textOf = (body: Body, key: string): string | undefined => {
  const value = body?.[key]
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

export const recordOf = (body: Body, key: string): Body => {
  const value = body?.[key]
  return isRecord(value) ? value : undefined
}

/** A list, a single object in its place (A6), or nothing. */
const listOf = (body: Body, key: string): readonly unknown[] => {
  const value = body?.[key]
  if (Array.isArray(value)) return value
  return value === undefined || value === null ? [] : [value]
}

/** Where findings stand, and how severe they are there; `erroMessages` is a slip of the official schema. */
const findingLists = [
  ['infoMessages', 'info'],
  ['warningMessages', 'warning'],
  ['errorMessages', 'error'],
  ['erroMessages', 'error'],
  ['errors', 'error'],
] as const

/** Every finding of an answer: from `validationResults`, from the top level, and from the bare error shapes. */
export const findingsOf = (body: Body): readonly GatewayFinding[] => {
  const nested = recordOf(body, 'validationResults')
  const listed = [nested, body].flatMap((source) =>
    findingLists.flatMap(([key, type]) => listOf(source, key).flatMap((entry) => finding(entry, type))),
  )
  return listed.length > 0 || body === undefined ? listed : finding(body, 'error')
}

const finding = (entry: unknown, type: GatewayFinding['type']): readonly GatewayFinding[] => {
  if (typeof entry === 'string') return [{ type, code: undefined, category: undefined, message: entry }]
  if (!isRecord(entry)) return []
  const code = textOf(entry, 'code') ?? textOf(entry, 'errorCode')
  const category = textOf(entry, 'category') ?? textOf(entry, 'errorCategory')
  const message = textOf(entry, 'message') ?? textOf(entry, 'errorMessage')
  if (code === undefined && message === undefined) return []
  return [{ type, code, category, message: message ?? code ?? '' }]
}

const longestKeptBody = 64 * 1024
const secretKeys = new Set(['secret', 'binarySecurityToken'])
/** The same in an answer that was cut off and is no JSON any more. */
const secretsInText = /"(secret|binarySecurityToken)"\s*:\s*"[^"]*/g
/** Stored on its own, so the journal does not carry it a second time. */
const bulkyKeys = new Set(['clearedInvoice'])

/** The body as the journal keeps it: without secrets and tokens, cut to a sane length. */
export const keptBody = (text: string): string => {
  const body = parseBody(text)
  const kept =
    body === undefined
      ? text.replaceAll(secretsInText, '"$1":"(removed)')
      : JSON.stringify(body, (key, value: unknown) => {
          if (secretKeys.has(key) && typeof value === 'string') return '(removed)'
          return bulkyKeys.has(key) && typeof value === 'string' ? '(stored)' : value
        })
  return kept.slice(0, longestKeptBody)
}
