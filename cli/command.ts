/** What a command of the command line is. */
import type { ExitCode } from './exit-code.ts'
import type { Bilingual, Terminal } from './terminal.ts'

/** How it was called. */
export interface Invocation {
  readonly operands: readonly string[]
  /** The value of an option; undefined when it was not given */
  text(option: string): string | undefined
  flag(option: string): boolean
}

export type Run = (invocation: Invocation, terminal: Terminal) => Promise<ExitCode>

export interface OptionEntry {
  readonly type: 'string' | 'boolean'
  /** How the value is shown in the help */
  readonly value?: string
  readonly required?: true
  readonly help: Bilingual
}

export interface CommandEntry {
  readonly summary: Bilingual
  /** Operands as the help shows them; none, exactly one, or one and more */
  readonly operands?: string
  readonly arity: 'none' | 'one' | 'many'
  readonly options: Readonly<Record<string, OptionEntry>>
  /** Lazily, so that the tools of the first half never load a server or a database */
  readonly load: () => Promise<{ readonly run: Run }>
}
