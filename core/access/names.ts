/** How people are called: the name they sign in with, in one spelling, and the name that others read. */
import { Failure } from '#core/errors.ts'

/** One spelling for every way to type it. */
export const normalised = (username: string): string => username.trim().normalize('NFKC').toLowerCase()

/** Letters of any script, so that a person may sign in under an Arabic name. */
const usernamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u

/** Throws `request/invalid` with the fields that are wrong. */
export const checkedNames = (input: { readonly username: string; readonly name: string }) => {
  const names = { username: normalised(input.username), name: input.name.trim() }
  const findings = [
    ...(usernamePattern.test(names.username) ? [] : [{ path: 'username', code: 'username-format' }]),
    ...(names.name === '' ? [{ path: 'name', code: 'missing' }] : []),
  ]
  if (findings.length > 0) throw new Failure('request/invalid', { details: { findings } })
  return names
}
