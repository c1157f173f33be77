/** A process that dies: from its nth boundary on (before and after each call of the gateway and each commit) nothing works any more. */
import type { Gateway, Ports } from '#core/ports.ts'

export class Died extends Error {
  override readonly name = 'Died'
}

export const dyingAt = (ports: Ports, boundary: number): Ports => {
  let passed = 0
  const step = (): void => {
    passed += 1
    if (passed >= boundary) throw new Died()
  }
  const between = async <T>(work: () => Promise<T>): Promise<T> => {
    step()
    const done = await work()
    step()
    return done
  }
  const gateway: Ports['gateway'] = (environment) => {
    const real = ports.gateway(environment)
    const dying: Gateway = {
      complianceCsid: (...call) => between(() => real.complianceCsid(...call)),
      complianceCheck: (...call) => between(() => real.complianceCheck(...call)),
      productionCsid: (...call) => between(() => real.productionCsid(...call)),
      renewCsid: (...call) => between(() => real.renewCsid(...call)),
      submit: (...call) => between(() => real.submit(...call)),
    }
    return dying
  }
  const { storage } = ports
  return { ...ports, gateway, storage: { ...storage, write: (work) => between(() => storage.write(work)) } }
}
