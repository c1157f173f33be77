/** Absent differs from blank: builds an object that lacks, rather than holds as undefined, what is not there. */

type Optional<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T]

/** `T` with every key that may be undefined made optional instead. */
export type Given<T> = Omit<T, Optional<T>> & { [K in Optional<T>]?: Exclude<T[K], undefined> }

/** The fields without those that are undefined. */
export function given<const T extends object>(fields: T): Given<T>
export function given(fields: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {}
  for (const key in fields) {
    const value = fields[key]
    if (value !== undefined) kept[key] = value
  }
  return kept
}

/** The list, or undefined when it is empty or absent: UBL knows no empty list. */
export const filled = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list !== undefined && list.length > 0 ? list : undefined
