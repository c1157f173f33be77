/** Ports for issuing on either engine without a gateway: real storage, real keys, real threads; only the archive is left out. */
import { memoryEncryption } from '#core/keys/providers.ts'
import type { SigningPool } from '#core/keys/signing-pool.ts'
import { keyStore } from '#core/keys/store.ts'
import { systemClock, systemIds } from '#core/keys/system.ts'
import type { KeyEncryption, Ports, Storage } from '#core/ports.ts'
import { type BatchRequest, issueBatch, type RowOutcome } from '#core/workflow/issuing/issue-batch.ts'

export interface BatchPortsOptions {
  readonly pool?: SigningPool
  readonly encryption?: KeyEncryption
}

export const batchPorts = (
  storage: Storage,
  { pool, encryption = memoryEncryption() }: BatchPortsOptions = {},
): Ports => ({
  storage,
  keys: keyStore(encryption, pool),
  clock: systemClock,
  ids: systemIds,
  blobs: {
    put: async () => undefined,
    get: async () => undefined,
    list: async function* () {
      yield* []
    },
  },
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  gateway: () => {
    throw new Error('nothing is sent here')
  },
})

export const issued = async (ports: Ports, batch: BatchRequest): Promise<readonly RowOutcome[]> => {
  const outcomes: RowOutcome[] = []
  for await (const outcome of issueBatch(ports, batch)) outcomes.push(outcome)
  return outcomes
}
