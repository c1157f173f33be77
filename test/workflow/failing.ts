/** Catches the failure of a promise, so that a test can look at its code and details. */
import { asFailure, type Failure } from '#core/errors.ts'

export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work
  } catch (error) {
    return asFailure(error)
  }
  throw new Error('expected a failure')
}
