/** Where a command reads its surroundings from and writes to; tests and other shells give their own. */

import type { Language } from '#core/messages/text.ts'

export type { Bilingual, Language } from '#core/messages/text.ts'

export interface Terminal {
  readonly language: Language
  /** Results: what a script reads */
  out(line: string): void
  /** A result that must arrive byte by byte, without a line end */
  bytes(bytes: Uint8Array): void
  /** Remarks, progress and failures */
  err(line: string): void
}

/** POSIX: the first of these that is set decides. */
const languageVariables = ['LC_ALL', 'LC_MESSAGES', 'LANG']

const systemLanguage = (): Language => {
  const locale = languageVariables.map((name) => process.env[name]).find((value) => value !== undefined && value !== '')
  return locale?.startsWith('ar') ? 'ar' : 'en'
}

export const processTerminal = (): Terminal => ({
  language: systemLanguage(),
  out: (line) => void process.stdout.write(`${line}\n`),
  bytes: (bytes) => void process.stdout.write(bytes),
  err: (line) => void process.stderr.write(`${line}\n`),
})

export const isLanguage = (word: string): word is Language => word === 'en' || word === 'ar'
