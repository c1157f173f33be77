/** Envelopes in an object store that speaks S3: made with `If-None-Match: *`, so that two replicas never overwrite each other. */
import type { EnvelopePlace } from './envelope-places.ts'
import { locked } from './private-file.ts'

export interface S3Options {
  readonly bucket: string
  /** Before each name: `khatm/` */
  readonly prefix: string
  readonly region: string
  /** Absent: the cloud that the region belongs to */
  readonly endpoint?: string | undefined
}

/** The client comes with the first use: nobody else loads it. It finds its credentials as all programs of the cloud do. */
export const s3Place = (options: S3Options): EnvelopePlace => {
  let opened: ReturnType<typeof open> | undefined
  const at = (object: string) => ({ Bucket: options.bucket, Key: `${options.prefix}${object}` })
  const reached = async () => {
    opened ??= open(options)
    return opened
  }
  return {
    name: 's3',
    create: async (object, text) => {
      const { client, PutObjectCommand } = await reached()
      const put = new PutObjectCommand({ ...at(object), Body: text, IfNoneMatch: '*', ContentType: 'text/plain' })
      await client.send(put).catch((thrown) => {
        // Somebody was faster; what lies there is compared by whoever reads it back.
        if (statusOf(thrown) !== 412) throw unreachable(thrown)
      })
    },
    read: async (object) => {
      const { client, GetObjectCommand } = await reached()
      try {
        const { Body } = await client.send(new GetObjectCommand(at(object)))
        return await Body?.transformToString()
      } catch (thrown) {
        if (statusOf(thrown) === 404) return undefined
        throw unreachable(thrown)
      }
    },
  }
}

const open = async ({ region, endpoint }: S3Options) => {
  const { S3Client, PutObjectCommand, GetObjectCommand } = await import('@aws-sdk/client-s3')
  // A store of one's own rarely has a name for each bucket.
  const own = endpoint === undefined ? {} : { endpoint, forcePathStyle: true }
  const limits = { maxAttempts: 3, requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 } }
  return { client: new S3Client({ region, ...own, ...limits }), PutObjectCommand, GetObjectCommand }
}

/** What such a client throws carries the status of the answer. */
const statusOf = (thrown: unknown): number | undefined => {
  if (!(thrown instanceof Error) || !('$metadata' in thrown)) return undefined
  const { $metadata: metadata } = thrown
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : undefined
}

const unreachable = (thrown: unknown) =>
  locked(`the object store: ${thrown instanceof Error ? thrown.name : 'no answer'}`, thrown)
