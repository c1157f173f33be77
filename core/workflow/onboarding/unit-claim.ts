/**
 * One step of a unit's onboarding or renewal at a time, whoever asks and on whichever server: asked twice at once, ZATCA would spend
 * two OTPs or issue two certificates of which only one lives.
 */
import { asFailure, Failure } from '#core/errors.ts'
import type { Ports, Writer } from '#core/ports.ts'

/** Longer than the gateway's timeout; whoever crashes lets others wait so long. */
const claimSeconds = 90

/** Who comes second waits for the first one's answer, which usually takes a second or two. */
const patienceMs = 5_000
const pauseMs = 200

/** Throws `unit/busy` when somebody else is still on it after a while, `unit/not-found`; `step` reads the records only after its turn has come. */
export const oneAtATime = async <T>(ports: Ports, unitId: string, step: () => Promise<T>): Promise<T> => {
  const claim = await claimed(ports, unitId)
  try {
    return await step()
  } finally {
    await release(ports, unitId, claim)
  }
}

const claimed = async ({ storage }: Ports, unitId: string): Promise<string> => {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const claim = await storage.write((tx) => claimExisting(tx, unitId))
    if (claim !== undefined) return claim
    if (performance.now() > giveUpAt) throw new Failure('unit/busy')
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

const claimExisting = async (tx: Writer, unitId: string): Promise<string | undefined> => {
  if ((await tx.unit(unitId)) === undefined) throw new Failure('unit/not-found')
  return tx.claimUnit(unitId, claimSeconds)
}

/** A claim that cannot be given back ends by itself; what the step did or threw counts more. */
const release = async ({ storage, log }: Ports, unitId: string, claim: string): Promise<void> => {
  try {
    await storage.write((tx) => tx.releaseUnit(unitId, claim))
  } catch (error) {
    log.warn('unit/claim-kept', { unit: unitId, code: asFailure(error).code })
  }
}
