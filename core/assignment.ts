/** Which client companies somebody works for, and that nobody gives away more than he has. */
import { Failure } from '#core/errors.ts'
import type { Reader, Scope } from '#core/ports.ts'

/** Absent: all. */
export type Assigned = readonly string[] | undefined

export const covers = (own: Assigned, asked: Assigned): boolean =>
  own === undefined || (asked?.every((id) => own.includes(id)) ?? false)

/** Throws `access/forbidden`. */
export const assertCovers = (own: Assigned, asked: Assigned): void => {
  if (!covers(own, asked)) throw new Failure('access/forbidden', { details: { companies: asked ?? 'all' } })
}

/** Throws `company/not-found`. */
export const assertCompanies = async (tx: Pick<Reader, 'company'>, companies: Assigned): Promise<void> => {
  for (const id of companies ?? []) {
    if ((await tx.company(id)) === undefined) throw new Failure('company/not-found', { details: { id } })
  }
}

export const assigned = (scope: Scope): Assigned => (scope === 'all' ? undefined : [...new Set(scope)])
