/** Names in the environment that look like one of ours and are none: a setting with a typing mistake is otherwise passed over in silence. */

export interface UnknownSetting {
  readonly name: string
  /** The setting that was probably meant */
  readonly meant: string
}

/** Names are compared, never values. Short ones have to be one letter away: `HOME` is not `HOST`. */
export const unknownSettings = (names: readonly string[], known: readonly string[]): readonly UnknownSetting[] =>
  names
    .filter((name) => /^[A-Z][A-Z0-9_]*$/.test(name) && !known.includes(name))
    .flatMap((name) => {
      const meant = known.find((setting) => distance(name, setting) <= (setting.length > 6 ? 2 : 1))
      return meant === undefined ? [] : [{ name, meant }]
    })

/** Letters to add, to leave out or to change (Levenshtein); more than 2 is not told apart. */
const distance = (one: string, other: string): number => {
  if (Math.abs(one.length - other.length) > 2) return 3
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1]
    for (const [column, against] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === against ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
