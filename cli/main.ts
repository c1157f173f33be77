/** Finds the command, reads its arguments, runs it, and turns a failure into a message in the user's language and an exit code. */
import { asFailure, Failure } from '#core/errors.ts'
import { readArguments } from './arguments.ts'
import type { CommandEntry } from './command.ts'
import { commands, isCommand } from './commands.ts'
import { type ExitCode, exitCodeOf } from './exit-code.ts'
import { failureText } from './failure-text.ts'
import { helpOf, overview } from './help.ts'
import { isLanguage, type Language, type Terminal } from './terminal.ts'

/** The exit code: 0 clean or warnings only, 1 errors found, 2 usage or unreadable input. */
export const main = async (words: readonly string[], system: Terminal): Promise<ExitCode> => {
  const terminal = { ...system, language: wantedLanguage(words) ?? system.language }
  try {
    return await dispatch(words, terminal)
  } catch (error) {
    const failure = asFailure(error)
    terminal.err(failureText(failure, terminal.language))
    if (failure.code === 'internal/unexpected') terminal.err(String(failure.cause))
    return exitCodeOf(failure)
  }
}

const dispatch = async (words: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const [name, ...rest] = withoutLeadingLanguage(words)
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview(terminal.language))
    return name === undefined ? 2 : 0
  }
  if (!isCommand(name)) {
    if (name.startsWith('-')) throw new Failure('usage/unknown-option', { details: { option: name } })
    throw new Failure('usage/unknown-command', { details: { command: name } })
  }
  const command: CommandEntry = commands[name]
  const invocation = readArguments(rest, command)
  assertLanguage(invocation.text('lang'))
  if (invocation.flag('help')) {
    terminal.out(helpOf(name, command, terminal.language))
    return 0
  }
  const { run } = await command.load()
  return run(invocation, terminal)
}

/** The language is needed for messages about the arguments themselves, hence before they are read properly. */
const wantedLanguage = (words: readonly string[]): Language | undefined => {
  const joined = words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)
  const position = words.indexOf('--lang')
  const word = joined ?? (position < 0 ? undefined : words[position + 1])
  return word !== undefined && isLanguage(word) ? word : undefined
}

const withoutLeadingLanguage = (words: readonly string[]): readonly string[] => {
  if (words[0]?.startsWith('--lang=')) return words.slice(1)
  return words[0] === '--lang' ? words.slice(2) : words
}

const assertLanguage = (word: string | undefined): void => {
  if (word === undefined || isLanguage(word)) return
  throw new Failure('usage/invalid-value', { details: { option: '--lang', value: word } })
}
