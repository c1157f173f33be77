/** The wall between client companies within the program: what lies outside a scope does not exist. */
import type { Scope } from '#core/ports.ts'

/** What both admit. */
export const narrowed = (one: Scope, other: Scope): Scope => {
  if (one === 'all') return other
  return other === 'all' ? one : one.filter((company) => other.includes(company))
}
