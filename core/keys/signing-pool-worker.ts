/** A thread of the signing pool: opens the lent key, signs, stamps, self-checks and packs; keeps nothing between two jobs. */
import { parentPort } from 'node:worker_threads'
import { sign } from '#core/ecdsa.ts'
import { asFailure } from '#core/errors.ts'
import type { Sealed } from '#core/ports.ts'
import { pack } from '#core/storage/xml.ts'
import { type Certificate, parseCertificate } from '#core/zatca/certificate.ts'
import { stampAll } from '#core/zatca/seal.ts'
import { withSecret } from './envelope.ts'
import type { StampAnswer, StampJob } from './signing-pool.ts'

let last: Certificate | undefined

/** Jobs of one batch come under one certificate. */
const certificateOf = (text: string): Certificate => {
  if (last?.text !== text) last = parseCertificate(text)
  return last
}

const stamp = async (job: StampJob): Promise<readonly Sealed[]> => {
  const certificate = certificateOf(job.certificate)
  const signer = {
    // The key store has compared both before it lent the key, and the self-check verifies each signature with this one.
    publicKey: certificate.publicKey,
    certificate,
    sign: async (digests: readonly Uint8Array[]) =>
      withSecret(job.key, job.binding, (key) => digests.map((digest) => sign(digest, key))),
  }
  const sealed = await stampAll(job.prepared, { signer, signingTime: job.signingTime })
  return sealed.map((each) => ({ ...each, bytes: alone(each.bytes), packed: packedAlone(each.bytes) }))
}

const packedAlone = (xml: Uint8Array) => {
  const packed = pack(xml)
  return { ...packed, bytes: alone(packed.bytes) }
}

/** In memory of its own, which can be handed over without a copy. */
const alone = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
  bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength
    ? new Uint8Array(bytes.buffer)
    : new Uint8Array(bytes)

const buffersOf = (sealed: readonly Sealed[]): ArrayBuffer[] =>
  sealed
    .flatMap(({ bytes, packed }) => [bytes.buffer, packed?.bytes.buffer])
    .filter((buffer) => buffer instanceof ArrayBuffer)

parentPort?.on('message', async (job: StampJob) => {
  const { id } = job
  try {
    const sealed = await stamp(job)
    parentPort?.postMessage({ id, sealed } satisfies StampAnswer, buffersOf(sealed))
  } catch (thrown) {
    const { code, reason, details } = asFailure(thrown)
    parentPort?.postMessage({ id, failure: { code, reason, details } } satisfies StampAnswer)
  }
})
