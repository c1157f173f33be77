/** What can happen to an office, as commands of a random walk: each does it, tells the model, and asks for every guarantee. */
import fc from 'fast-check'
import { asFailure } from '#core/errors.ts'
import type { DocumentRecord, Ports } from '#core/ports.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { renew } from '#core/workflow/onboarding/renew.ts'
import { submitDue } from '#core/workflow/sending/outbox.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import { newestCsid } from '#core/workflow/signing.ts'
import { issuing, type Place, sending } from '../faults/points.ts'
import { draftOf, keyOf } from '../faults/sales.ts'
import { assertGuarantees, type Known, learn, type Model, must, same } from './model-facts.ts'
import type { World } from './model-world.ts'

export type Command = fc.AsyncCommand<Model, World>

/** A step with a name for the report of a failed walk. */
const step = (
  name: string,
  run: (model: Model, world: World) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = () => true,
): Command => ({
  check,
  toString: () => name,
  run: async (model, world) => {
    await run(model, world)
    await assertGuarantees(world.workers[0].storage.read, model, await world.arrivals())
  },
})

const requestOf = ({ unitId }: World, sale: number) => ({
  unitId,
  draft: draftOf(sale),
  idempotencyKey: keyOf(sale),
  actor: 'tester',
})

const issue = (world: World, sale: number, worker: 0 | 1): Promise<DocumentRecord> =>
  issueDocument(world.workers[worker], requestOf(world, sale))

const nextSale = (model: Model): number => {
  model.sales += 1
  return model.sales
}

const known = (model: Model): readonly Known[] => [...model.known.values()]
const someKnown = (model: Readonly<Model>): boolean => model.known.size > 0

/** The document that a number between 0 and 1 falls on. */
const chosen = (model: Model, where: number, which: (known: Known) => boolean = () => true): Known => {
  const all = known(model).filter(which)
  const found = all[Math.floor(where * all.length)]
  if (found === undefined) throw new Error('the model knows no document')
  return found
}

/** Not a correction of one. */
const isSale = ({ sale, document }: Known): boolean => document.idempotencyKey === keyOf(sale)

// ---- the commands ------------------------------------------------------------------------------------------------------------

const sell = (worker: 0 | 1): Command =>
  step(`issue by worker ${worker}`, async (model, world) => {
    const sale = nextSale(model)
    await learn(world.workers[0].storage.read, model, sale, await issue(world, sale, worker))
  })

/** G3 */
const sameAgain = (where: number, worker: 0 | 1): Command =>
  step(
    `the same key again, by worker ${worker}`,
    async (model, world) => {
      const { sale, document } = chosen(model, where, isSale)
      must('G3', (await issue(world, sale, worker)).id === document.id, { sale })
    },
    someKnown,
  )

/** G3 */
const otherBody = (where: number): Command =>
  step(
    'the same key with another body',
    async (model, world) => {
      const { sale } = chosen(model, where, isSale)
      const other = { ...requestOf(world, sale), draft: { ...draftOf(sale), number: `other-${sale}` } }
      const code = await codeOf(issueDocument(world.workers[0], other))
      must('G3', code === 'request/idempotency-mismatch', { sale, code })
    },
    someKnown,
  )

const submit = (where: number, fault: string | undefined): Command =>
  step(
    fault === undefined ? 'submit' : `submit while the gateway answers with ${fault}`,
    async (model, world) => {
      await answering(world, fault)
      await submitDocument(world.workers[0], chosen(model, where).document.id)
      await answering(world, undefined)
    },
    someKnown,
  )

const reject = (where: number): Command =>
  step(
    'submit and be rejected',
    async (model, world) => {
      await world.control('answers', { status: 400 })
      await submitDocument(world.workers[0], chosen(model, where).document.id)
      await world.control('reset', { only: ['answers'] })
    },
    someKnown,
  )

/** Once for each rejected document, and never for another. */
const reissue = (where: number): Command =>
  step(
    'reissue',
    async (model, world) => {
      const { sale, document, result } = chosen(model, where)
      const idempotencyKey = `again-${document.id}`
      const before = model.known.get(idempotencyKey)
      const request = { documentId: document.id, draft: draftOf(sale), idempotencyKey, actor: 'tester' }
      const done = await outcomeOf(reissueDocument(world.workers[0], request))
      must('G1', 'code' in done === (result?.outcome !== 'rejected'), { number: document.number, done })
      if ('code' in done) return
      if (before === undefined) await learn(world.workers[0].storage.read, model, sale, done)
      else must('G3', done.id === before.document.id, { number: document.number })
    },
    someKnown,
  )

/** The caller gets no answer, the program starts again, the caller asks again under the same key (G2, G3). */
const dieIssuing = (place: Place): Command =>
  step(`die ${place} while issuing`, async (model, world) => {
    const sale = nextSale(model)
    const { halted } = await world.haltAt(place, (ports) => issueDocument(ports, requestOf(world, sale)))
    if (halted) await world.restart()
    await learn(world.workers[0].storage.read, model, sale, await issue(world, sale, 0))
  })

const dieSending = (place: Place): Command =>
  step(`die ${place} while sending`, async (_model, world) => {
    const { halted } = await world.haltAt(place, (ports) => submitDue(ports))
    if (!halted) return
    await world.restart()
    await world.leaseOver()
  })

type Answers = readonly [string | undefined, string | undefined]

/** G6: who wakes up after others took over changes nothing, except that a success is never thrown away. */
const oversleep = (place: Place, [toSleeper, toOther]: Answers): Command =>
  step(
    `a worker that hears ${toSleeper} sleeps ${place} past its lease, another hears ${toOther}`,
    async (model, world) => {
      const [sleeper, other] = world.workers
      const sale = nextSale(model)
      const document = await issue(world, sale, 0)
      await learn(other.storage.read, model, sale, document)
      const statusOf = async () => {
        const status = await other.storage.read.documentStatus(document.id)
        return { outbox: status?.outbox, result: status?.result }
      }
      await answering(world, toSleeper)
      const { halted, wake } = await world.haltAt(place, () => submitDocument(sleeper, document.id))
      await world.leaseOver()
      await answering(world, toOther)
      await submitDocument(other, document.id)
      await answering(world, undefined)
      const before = await statusOf()
      if (halted) await wake()
      const after = await statusOf()
      const lateSuccess = before.result === undefined && ['cleared', 'reported'].includes(after.result?.outcome ?? '')
      must('G6', lateSuccess || same(before, after), { before, after })
    },
  )

/** The next answer of the gateway, or none out of the ordinary. */
const answering = async (world: World, fault: string | undefined): Promise<void> => {
  await world.control('reset', { only: ['faults'] })
  if (fault !== undefined) await world.control('faults', { fault })
}

/** Both workers issue and send at the same time. */
const together = (sales: number): Command =>
  step(`${sales} sales by two workers at once, who send meanwhile`, async (model, world) => {
    const numbers = Array.from({ length: sales }, () => nextSale(model))
    const issued = numbers.flatMap((sale) => [issue(world, sale, 0), issue(world, sale, 1)])
    const sends = world.workers.map((ports: Ports) => submitDue(ports))
    const documents = await Promise.all(issued)
    await Promise.all(sends)
    const once = new Map(documents.map((document) => [document.id, document]))
    must('G3', once.size === sales, { sales, documents: once.size })
    for (const document of [...once.values()].sort((a, b) => a.icv - b.icv)) {
      await learn(world.workers[0].storage.read, model, saleOf(document), document)
    }
  })

const saleOf = ({ idempotencyKey }: DocumentRecord): number => Number(idempotencyKey.replace('sale-', ''))

const hour = 3_600_000

const clockForward = (hours: number): Command =>
  step(`the clock goes ${hours} h forward`, async (_model, world) => {
    world.clock.shift += hours * hour
  })

/** G14: what would be sealed before the last one takes no number. */
const clockBack: Command = step(
  'the clock is an hour back for a moment',
  async (model, world) => {
    const sale = nextSale(model)
    world.clock.shift -= hour
    const done = await outcomeOf(issue(world, sale, 0))
    const later = known(model).some(({ document }) => Date.parse(document.sealedAt) > world.clock.now() + 2000)
    world.clock.shift += hour
    if ('code' in done) must('G14', tooEarly.has(done.code), done)
    else {
      must('G14', !later, { number: done.number })
      await learn(world.workers[0].storage.read, model, sale, done)
    }
  },
  someKnown,
)

/** After a renewal the certificate itself is younger. */
const tooEarly = new Set(['clock/stepped-back', 'certificate/not-yet-valid'])

const renewal: Command = step('renew the certificate', async (_model, world) => {
  const csid = await newestCsid(world.workers[0].storage.read, world.unitId, 'production')
  const request = { unitId: world.unitId, actor: 'tester', otp: '123456', giveUp: csid?.id ?? '' }
  await renew(world.workers[0], request)
})

const outcomeOf = async (work: Promise<DocumentRecord>): Promise<DocumentRecord | { readonly code: string }> => {
  try {
    return await work
  } catch (error) {
    return { code: asFailure(error).code }
  }
}

const codeOf = async (work: Promise<DocumentRecord>): Promise<string | undefined> => {
  const done = await outcomeOf(work)
  return 'code' in done ? done.code : undefined
}

// ---- their mixture -----------------------------------------------------------------------------------------------------------

/** Some of each row of the answer table; those that hang only cost time, and what freezes a chain has tests of its own. */
const gatewayFaults = [
  'reset-before',
  'reset-after',
  '303',
  '401',
  '413',
  '429',
  '500',
  '500-accepted',
  '503',
  '504-accepted',
  'malformed',
  'empty',
  'truncated',
  'no-invoice',
]

const where = fc.double({ min: 0, max: 0.999, noNaN: true })
const worker = fc.constantFrom(0 as const, 1 as const)
const answer = fc.option(fc.constantFrom(...gatewayFaults), { nil: undefined })
const asleep: readonly Place[] = [sending['journal committed, socket closed'], sending['answered, not recorded']]
const deadly = Object.values(sending).filter((place) => place !== sending['request sent'])

export const commands = [
  worker.map(sell),
  worker.map(sell),
  fc.tuple(where, worker).map(([at, by]) => sameAgain(at, by)),
  where.map(otherBody),
  where.map((at) => submit(at, undefined)),
  fc.tuple(where, fc.constantFrom(...gatewayFaults)).map(([at, fault]) => submit(at, fault)),
  where.map(reject),
  where.map(reissue),
  fc.constantFrom(...Object.values(issuing)).map(dieIssuing),
  fc.constantFrom(...deadly).map(dieSending),
  fc.tuple(fc.constantFrom(...asleep), fc.tuple(answer, answer)).map(([at, heard]) => oversleep(at, heard)),
  fc.integer({ min: 2, max: 4 }).map(together),
  fc.integer({ min: 1, max: 25 }).map(clockForward),
  fc.constant(clockBack),
  fc.constant(renewal),
]
