/** Ports that tell where the program is: nothing in the product knows that it is watched. */
import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import type { Ports, Storage, Writer } from '#core/ports.ts'
import type { Place } from './points.ts'

/** Hears of every place before the program goes on; it may end it, stop it or fail it there. */
export type Passing = (place: Place) => void | Promise<void>

/** The same methods, with a word before and after each. */
const around = <T extends object>(target: T, pass: Passing): T =>
  new Proxy(target, {
    get: (_, name) => {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        await pass(`before ${String(name)}`)
        const done: unknown = await Reflect.apply(method, target, given)
        await pass(`after ${String(name)}`)
        return done
      }
    },
  })

/** What a transaction is for shows in what it writes. */
const purposes: Readonly<Record<string, string>> = {
  'before appendDocuments': 'issue',
  'before addAttempt': 'claim',
  'before finishAttempt': 'record',
}

const watchedStorage = (storage: Storage, pass: Passing): Storage => ({
  ...storage,
  write: async (work) => {
    let purpose: string | undefined
    const within: Passing = (place) => {
      purpose = purposes[place] ?? purpose
      return pass(place)
    }
    const done = await storage.write(async (tx: Writer) => {
      const written = await work(around(tx, within))
      if (purpose !== undefined) await pass(`before commit of ${purpose}`)
      return written
    })
    if (purpose !== undefined) await pass(`after commit of ${purpose}`)
    return done
  },
})

/** `during submit`: the last byte of a request has been handed to the operating system. */
export const watchRequests = (pass: Passing): void =>
  subscribe('http.client.request.start', (message) => {
    if (isRequest(message)) message.request.once('finish', () => void pass('during submit'))
  })

const isRequest = (message: unknown): message is { readonly request: ClientRequest } =>
  typeof message === 'object' && message !== null && 'request' in message

export const watched = (ports: Ports, pass: Passing): Ports => ({
  ...ports,
  storage: watchedStorage(ports.storage, pass),
  gateway: (environment) => around(ports.gateway(environment), pass),
  blobs: around(ports.blobs, pass),
  keys: { ...ports.keys, signer: async (...given) => around(await ports.keys.signer(...given), pass) },
})
