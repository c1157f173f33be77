/** What a call is refused with; every refusal is coded and worded in both languages. */
import { expect } from 'vitest'
import { ClientFailure } from '#core/api/client.ts'

export const refusal = async (call: Promise<unknown>): Promise<ClientFailure> => {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof ClientFailure)) throw new Error('expected a coded refusal', { cause: thrown })
  expect(thrown.body.message).not.toBe('')
  expect(thrown.body.message_ar).toMatch(/[\u0621-\u064a]/)
  expect(thrown.body.requestId).not.toBe('')
  return thrown
}
