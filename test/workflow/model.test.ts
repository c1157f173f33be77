/** Random walks through the life of an office: whatever happens in whatever order, G1 to G8 and G14 hold after every step. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyChain } from '#core/workflow/proving/verify-chain.ts'
import { describeEngines } from '../storage/engines.ts'
import { commands } from './model-commands.ts'
import { assertGuarantees, type Model } from './model-facts.ts'
import { openWorld, type World } from './model-world.ts'

/** `MODEL_RUNS` walks instead; `MODEL_SEED` repeats those that failed. */
const runs = { SQLite: 15, Postgres: 6 }
const seed = Number(process.env['MODEL_SEED'] ?? Date.now() % 0x7fff_ffff)

await describeEngines('an office in a random walk', (engine, name) => {
  let world: World
  let sold = 0
  beforeAll(async () => {
    world = await openWorld(name, engine)
  })
  afterAll(() => world.close())

  const startOf = async (): Promise<Model> => {
    const chains = await world.workers[0].storage.read.allChains()
    const heads = new Map(chains.map(({ id, lastIcv, lastHash }) => [id, { icv: lastIcv, hash: lastHash }]))
    return { known: new Map(), heads, sales: sold }
  }

  /** The end of every walk: all documents come to their final result (G4, G8). */
  const finish = async (model: Model): Promise<void> => {
    sold = model.sales
    for (const known of model.known.values()) known.asked = true
    await world.leaseOver()
    await world.settle()
    await assertGuarantees(world.workers[0].storage.read, model, await world.arrivals())
  }

  it('keeps its guarantees', { timeout: 300_000 }, async () => {
    console.log(`${name}: model walks with MODEL_SEED=${seed}`)
    const walk = fc.asyncProperty(fc.commands(commands, { maxCommands: 25 }), async (steps) => {
      const model = await startOf()
      try {
        await fc.asyncModelRun(() => ({ model, real: world }), steps)
      } finally {
        await finish(model)
      }
    })
    await fc.assert(walk, { seed, numRuns: Number(process.env['MODEL_RUNS'] ?? runs[name]) })
    const { storage } = world.workers[0]
    for (const chain of await storage.read.allChains())
      expect(await verifyChain({ storage }, chain)).toMatchObject({ ok: true })
  })
})
