/** Reads a command's arguments strictly: what the table does not know is refused, what it requires must be there. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { Failure } from '#core/errors.ts'
import type { CommandEntry, Invocation } from './command.ts'

/** Understood by every command, and by `khatm` itself. */
const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  lang: { type: 'string' },
} as const

/** Throws `usage/unknown-option`, `usage/missing-option` or `usage/invalid-value`. */
export const readArguments = (words: readonly string[], command: CommandEntry): Invocation => {
  const options: ParseArgsOptionsConfig = { ...optionTypes(command), ...commonOptions }
  const { values, positionals } = parsed(() => parseArgs({ args: [...words], options, allowPositionals: true }))
  const invocation: Invocation = {
    operands: positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    flag: (name) => values[name] === true,
  }
  if (!invocation.flag('help')) assertComplete(invocation, command)
  return invocation
}

const optionTypes = ({ options }: CommandEntry) =>
  Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, { type }]))

/** Node's codes for what parseArgs refuses, and ours. */
const refusals = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'usage/unknown-option',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'usage/invalid-value',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'usage/unknown-option',
} as const

const isRefusal = (code: unknown): code is keyof typeof refusals =>
  typeof code === 'string' && Object.hasOwn(refusals, code)

const parsed = <Result>(parse: () => Result): Result => {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !isRefusal(error.code)) throw error
    const option = /'([^']+)'/.exec(error.message)?.[1] ?? ''
    throw new Failure(refusals[error.code], { details: { option } })
  }
}

const assertComplete = (invocation: Invocation, { options, arity, operands = '' }: CommandEntry): void => {
  const missing = Object.entries(options).find(
    ([name, { required }]) => required && invocation.text(name) === undefined,
  )
  if (missing !== undefined) throw new Failure('usage/missing-option', { details: { option: `--${missing[0]}` } })
  const count = invocation.operands.length
  if (arity !== 'none' && count === 0) throw new Failure('usage/missing-option', { details: { option: operands } })
  const surplus = invocation.operands[arity === 'none' ? 0 : 1]
  if (arity !== 'many' && surplus !== undefined) {
    throw new Failure('usage/unknown-option', { details: { option: surplus } })
  }
}
