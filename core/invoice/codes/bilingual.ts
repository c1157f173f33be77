/** How every code list is written down: a table from the official code to its English and Arabic text. */

export interface Bilingual {
  readonly en: string
  readonly ar: string
}

/** True when `code` is one of the table's own keys (never an inherited one such as `toString`). */
export const isCodeOf = <Code extends string>(table: Readonly<Record<Code, unknown>>, code: string): code is Code =>
  Object.hasOwn(table, code)
