/** Places in a draft as text (`lines[0].price`): reading and writing. */

type Key = string | number

/** `lines[0].price` as `['lines', 0, 'price']`. */
export const keysOf = (path: string): readonly Key[] =>
  [...path.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part))

const isRecord = (value: unknown): value is Readonly<Record<Key, unknown>> =>
  typeof value === 'object' && value !== null

export const valueAt = (root: unknown, path: string): unknown =>
  keysOf(path).reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), root)

/** The text at a place, blank where there is none. */
export const textAt = (root: unknown, path: string): string => {
  const value = valueAt(root, path)
  return typeof value === 'string' ? value : ''
}

/** A copy with `leaf` at the place; what lies between is made as needed. The caller answers for the leaf's type. */
export function withValue<T extends object>(root: T, path: string, leaf: unknown): T
export function withValue(root: object, path: string, leaf: unknown): unknown {
  return put(root, keysOf(path), leaf)
}

const put = (value: unknown, keys: readonly Key[], leaf: unknown): unknown => {
  const [key, ...rest] = keys
  if (key === undefined) return leaf
  if (typeof key !== 'number')
    return { ...(isRecord(value) ? value : {}), [key]: put(isRecord(value) ? value[key] : undefined, rest, leaf) }
  const list: unknown[] = Array.isArray(value) ? [...value] : []
  list[key] = put(list[key], rest, leaf)
  return list
}

/** Whether a place is another one or below it: `lines[1].vat.rate` is within `lines[1]`; `lines[10]` is not. */
export const isWithin = (place: string, outer: string): boolean =>
  place === outer || place.startsWith(`${outer}.`) || place.startsWith(`${outer}[`)
