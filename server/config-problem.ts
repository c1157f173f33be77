/** A mistake in the settings: which one it is about and what to change, in both languages. */
import { z } from 'zod'
import { Failure } from '#core/errors.ts'

export const configProblem = z.object({ setting: z.string(), message: z.string(), message_ar: z.string() })
export type ConfigProblem = z.infer<typeof configProblem>

/** Every problem at once, so that one look is enough to repair them. */
export const settingsRefused = (...problems: readonly ConfigProblem[]): Failure =>
  new Failure('config/invalid', { details: { problems } })

/** Told by the operating system, not by the settings, but repaired there. */
export const portTaken = (port: number): Failure =>
  settingsRefused({
    setting: 'PORT',
    message: `Port ${port} is in use by another program: set PORT to another one, for example 8081.`,
    message_ar: `المنفذ ${port} يستخدمه برنامج آخر: اختر في PORT منفذًا غيره، مثل 8081.`,
  })

/** Settings that are right one by one and wrong together. */
export type Contradiction<Context extends readonly unknown[]> = ConfigProblem & {
  readonly applies: (...context: Context) => boolean
}

/** Throws `config/invalid` with all that apply. */
export const refuseContradictions = <Context extends readonly unknown[]>(
  rows: readonly Contradiction<Context>[],
  ...context: Context
): void => {
  const found = rows.filter(({ applies }) => applies(...context))
  if (found.length > 0) throw settingsRefused(...found.map(({ applies: _applies, ...problem }) => problem))
}
