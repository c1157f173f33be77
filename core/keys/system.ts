/** The machine's clock and its secure randomness, as the shells hand them to the core. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Clock, Ids } from '#core/ports.ts'

export const systemClock: Clock = { now: () => Date.now() }

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
}
