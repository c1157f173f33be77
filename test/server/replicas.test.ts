/**
 * Two replicas on one Postgres behind HAProxy with our own configuration: stopping one fails no request, killing one loses and doubles
 * nothing, and what failed with it succeeds when it is repeated with its key (G3, G10).
 */
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgres } from '../storage/engines.ts'
import { type Fleet, hasBalancer, startFleet } from './fleet.ts'
import { callerAt, openUnit, startLoad, verifiedChain } from './load.ts'

const engine = hasBalancer ? await postgres.start() : undefined

describe.skipIf(engine === undefined)('two replicas behind HAProxy', { timeout: 120_000 }, () => {
  let fleet: Fleet

  beforeAll(async () => {
    if (engine === undefined) return
    const servers = (ports: readonly number[]) =>
      ports.map((port, index) => `  server replica${index} 127.0.0.1:${port}`).join('\n')
    fleet = await startFleet({ engine, replicas: 2, balancer: 'haproxy.cfg', servers })
  }, 60_000)

  afterAll(async () => {
    await fleet?.close()
    await engine?.stop()
  })

  test('work on one chain; a stop fails nothing, a kill loses and doubles nothing', async () => {
    const caller = callerAt(fleet.front)
    const unit = await openUnit(caller)

    const load = startLoad(caller, unit)
    await pause(2500)
    const beforeStop = load.counts.failed
    fleet.replica(0).kill('SIGTERM')
    const [code] = await once(fleet.replica(0), 'exit')
    await pause(1500)
    expect({ code, failed: load.counts.failed - beforeStop }).toEqual({ code: 0, failed: 0 })

    await fleet.startReplica(0)
    await pause(3000)
    fleet.replica(1).kill('SIGKILL')
    await pause(2500)
    await load.stop()

    expect(load.counts.read).toBeGreaterThan(20)
    expect(load.issued.size).toBeGreaterThan(20)
    expect(await verifiedChain(caller, unit)).toEqual({ ok: true, documents: load.issued.size })
    expect(new Set(load.issued.values()).size).toBe(load.issued.size)
  })
})
