/** Callers of an office server who issue and read at once, repeat with the same key, and count what happened to each request. */
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { companyInput, standardSale, unitInput } from '../api/drafts.ts'

export const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() => (bound !== null && typeof bound === 'object' ? done(bound.port) : failed(bound)))
    })
  })

/** Thrown where waiting longer is no use. */
export class GaveUp extends Error {}

/** Asks until the answer is yes; throws after a minute, or what gave up. */
export const until = async (ready: () => Promise<boolean>, what: string): Promise<void> => {
  const end = Date.now() + 60_000
  while (Date.now() < end) {
    const answer = await ready().catch((error: unknown) => error)
    if (answer === true) return
    if (answer instanceof GaveUp) throw answer
    await pause(100)
  }
  throw new Error(`${what} did not start`)
}

/** What the server finds in SETUP_TOKEN_FILE, when a test writes it. */
export const setUpToken = 'first-door-of-the-tests'

export interface Caller {
  call(method: string, path: string, body?: object): Promise<Response>
  /** The body of an answer that is expected to be good */
  asked(method: string, path: string, body?: object): Promise<Record<string, unknown>>
}

const account = { username: 'noura', password: 'correct horse battery staple' }

const anObject = z.record(z.string(), z.unknown())

/** Somebody who speaks to the API at this address, first with the right to make the first account. */
export const callerAt = (front: string, firstToken = setUpToken) => {
  let token = ''
  const call: Caller['call'] = (method, path, body) =>
    fetch(`${front}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const asked: Caller['asked'] = async (method, path, body) => {
    const response = await call(method, path, body)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return anObject.parse(await response.json())
  }
  return {
    call,
    asked,
    /** The first account of the server; whoever calls is signed in with it. */
    setUp: async () => {
      const answer = await asked('POST', '/setup', { ...account, name: 'نورة', token: firstToken.trim() })
      token = String(answer['token'])
    },
    /** With that account, at a server that knows it. */
    signIn: async () => {
      token = String((await asked('POST', '/sessions', account))['token'])
    },
  }
}

export interface OpenUnit {
  readonly companyId: string
  readonly unitId: string
}

/** The first account of a new server, a company, and a unit that is onboarded on the practice gateway and may issue. */
export const openUnit = async (caller: ReturnType<typeof callerAt>): Promise<OpenUnit> => {
  await caller.setUp()
  const company = await caller.asked('POST', '/companies', companyInput)
  const unit = await caller.asked('POST', `/companies/${company['id']}/units`, unitInput)
  await caller.asked('POST', `/units/${unit['id']}/onboarding/csid`, { otp: '123456' })
  let state = await caller.asked('GET', `/units/${unit['id']}/onboarding`)
  while (state['next'] === 'check') state = await caller.asked('POST', `/units/${unit['id']}/onboarding/check`, {})
  await caller.asked('POST', `/units/${unit['id']}/onboarding/activation`, {})
  return { companyId: String(company['id']), unitId: String(unit['id']) }
}

export interface Load {
  /** Answered reads, requests that broke or were answered with 5xx, and writes that were sent again for it */
  readonly counts: { read: number; failed: number; repeated: number }
  /** Idempotency key to document, as acknowledged */
  readonly issued: ReadonlyMap<string, string>
  /** Ends when every write that was begun is acknowledged. */
  stop(): Promise<void>
}

type Answer = Pick<Response, 'status' | 'ok'> & { readonly text: string }

/** Three callers that issue, each repeating with the same key until it is acknowledged, and three that read. */
export const startLoad = ({ call }: Caller, { companyId, unitId }: OpenUnit): Load => {
  const counts = { read: 0, failed: 0, repeated: 0 }
  const issued = new Map<string, string>()
  let going = true
  const attempt = async (method: string, path: string, body?: object): Promise<Answer | undefined> => {
    try {
      const response = await call(method, path, body)
      const text = await response.text()
      if (response.status < 500) return { status: response.status, ok: response.ok, text }
    } catch {
      // The connection went with its replica, perhaps in the middle of the answer: counted below like any other failure.
    }
    counts.failed += 1
    await pause(100)
    return undefined
  }
  const issue = async (caller: number): Promise<void> => {
    for (let count = 1; going; count++) {
      const number = `R-${caller}-${count}`
      const idempotencyKey = `caller-${number}`
      const draft = { ...standardSale, number }
      let answer: Answer | undefined
      for (let tries = 0; answer === undefined; tries++) {
        if (tries > 0) counts.repeated += 1
        answer = await attempt('POST', '/invoices', { unitId, draft, idempotencyKey })
      }
      if (!answer.ok) throw new Error(`${idempotencyKey}: ${answer.status} ${answer.text}`)
      issued.set(idempotencyKey, JSON.parse(answer.text).id)
    }
  }
  const read = async (): Promise<void> => {
    while (going) {
      const answer = await attempt('GET', `/invoices?companyId=${companyId}&limit=20`)
      if (answer?.ok) counts.read += 1
      await pause(20)
    }
  }
  const callers = Promise.all([issue(1), issue(2), issue(3), read(), read(), read()])
  // What went wrong is thrown by `stop`, where somebody waits for it.
  callers.catch(() => undefined)
  return {
    counts,
    issued,
    stop: async () => {
      going = false
      await callers
    },
  }
}

/** Documents of the unit's chain, walked link by link; with every acknowledged document in it once, nothing was lost or doubled. */
export const verifiedChain = async (caller: Caller, { unitId }: OpenUnit) => {
  const { ok, documents } = await caller.asked('POST', `/units/${unitId}/chain/verification`, {})
  return { ok, documents }
}
