/** A new production CSID begins a new chain: certificate, chain and the switch from the one before, all in one commit (spec F). */
import type { Chain, Csid, Ports, Writer } from '#core/ports.ts'
import { GENESIS_PIH } from '#core/zatca/chain.ts'
import { openRoad } from '../sending/roads.ts'
import { settingsOf } from '../settings.ts'
import { audit, type OnboardingRequest } from './certificate-request.ts'

/** The chain before takes no more documents, and closes when the last of them is settled; issuing goes on in the new one. */
export const putIntoUse = async (ports: Ports, tx: Writer, request: OnboardingRequest, csid: Csid): Promise<void> => {
  await tx.lockChain(csid.unitId)
  const chains = await tx.chains(csid.unitId)
  // A step that was overtaken may have been answered as well; one chain is enough.
  if (chains.some(({ epoch }) => epoch >= csid.epoch)) return
  await tx.retireChain(csid.unitId)
  await tx.addCsid(csid)
  await tx.addChain({
    id: ports.ids.uuid(),
    unitId: csid.unitId,
    epoch: csid.epoch,
    state: 'active',
    lastIcv: 0,
    lastHash: firstPih(chains, (await settingsOf(tx)).pihAfterRenewal),
    lastSealedAt: undefined,
  })
  await tx.updateUnit(csid.unitId, { state: 'ready' })
  await openEarlierRoads(ports, tx, request, csid)
  const what = csid.epoch === 1 ? 'onboarding' : 'renewal'
  const { requestId, epoch } = csid
  await tx.addAudit(audit(ports, request, `${what}/production-csid`, { requestId, epoch }))
}

/**
 * What the certificates before have signed goes on with the new credential (`submissionCsid`): what closed their roads is gone, and
 * only a pause stays.
 */
const openEarlierRoads = async (
  { clock }: Ports,
  tx: Writer,
  { actor }: OnboardingRequest,
  csid: Csid,
): Promise<void> => {
  const earlier = (await tx.csids(csid.unitId)).filter(({ id, purpose }) => purpose === 'production' && id !== csid.id)
  const roads = new Set(earlier.map(({ id }) => `csid/${id}`))
  const closed = (await tx.roads()).filter(
    ({ id, state, reason }) => roads.has(id) && state !== 'open' && reason !== 'paused',
  )
  for (const { id } of closed) await openRoad(tx, { id, actor, at: clock.now() })
}

/** PIH of a chain's first document (spec J2): one sequence for each CSID begins anew; otherwise it continues from the newest chain. */
export const firstPih = (
  chains: readonly Pick<Chain, 'epoch' | 'lastHash'>[],
  setting: 'genesis' | 'continue',
): string => {
  const newest = chains.toSorted((a, b) => b.epoch - a.epoch)[0]
  return setting === 'genesis' || newest === undefined ? GENESIS_PIH : newest.lastHash
}
