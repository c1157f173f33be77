/** What a violated constraint means, the same on every engine; and nothing of a statement or its parameters gets out. */
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { Failure, type FailureCode } from '#core/errors.ts'

const byConstraint: Readonly<Record<string, FailureCode>> = {
  company_vat_number: 'company/duplicate',
  unit_name: 'unit/duplicate',
  document_number: 'document/duplicate-number',
  document_key: 'request/idempotency-mismatch',
  user_username: 'access/duplicate-user',
}

/** `constraint` by its name in the schema. */
export const violated = (constraint: string): Failure =>
  new Failure(byConstraint[constraint] ?? 'storage/conflict', { details: { constraint } })

/** The query builder's own errors repeat every parameter in their text: only what caused them gets out. Other errors pass. */
export const unwrapped = (thrown: unknown): unknown => (thrown instanceof DrizzleQueryError ? thrown.cause : thrown)

/** The same methods, failing with what the engine said. */
export const coded = <T extends object>(methods: T): T =>
  new Proxy(methods, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        try {
          return await Reflect.apply(method, target, given)
        } catch (thrown) {
          throw unwrapped(thrown)
        }
      }
    },
  })
