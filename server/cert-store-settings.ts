/** The settings of the place where the envelopes of private keys live. */
import { join } from 'node:path'
import { z } from 'zod'
import { type PlaceName, placeNames } from '#core/keys/envelope-places.ts'
import type { S3Options } from '#core/keys/s3-place.ts'
import type { Contradiction } from './config-problem.ts'

export const certStoreSettings = {
  CERT_STORE: z.enum(placeNames).default('database'),
  /** Default: `keys` in DATA_DIR */
  CERT_DIR: z.string().optional(),
  /** Read as long as it is set, also when another place is the current one */
  S3_BUCKET: z.string().optional(),
  S3_PREFIX: z.string().default('khatm/'),
  S3_REGION: z.string().default('us-east-1'),
  /** Of Garage, SeaweedFS, Ceph or another store of one's own; absent for the cloud that the region belongs to */
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
}

const schema = z.object(certStoreSettings)
type CertStoreSettings = z.infer<typeof schema> & { readonly ENVIRONMENT_NAME: string; readonly DATA_DIR: string }

export interface CertStore {
  /** Where new envelopes go */
  readonly current: PlaceName
  readonly folder: string
  readonly s3: S3Options | undefined
}

export const certStoreOf = (is: CertStoreSettings): CertStore => ({
  current: is.CERT_STORE,
  folder: is.CERT_DIR ?? join(is.DATA_DIR, 'keys'),
  s3:
    is.S3_BUCKET === undefined
      ? undefined
      : { bucket: is.S3_BUCKET, prefix: is.S3_PREFIX, region: is.S3_REGION, endpoint: is.S3_ENDPOINT },
})

export const certStoreContradictions: readonly Contradiction<[CertStoreSettings]>[] = [
  {
    setting: 'S3_BUCKET',
    applies: (is) => is.CERT_STORE === 's3' && is.S3_BUCKET === undefined,
    message: 'CERT_STORE is s3 without a bucket: name it in S3_BUCKET, and a store of your own in S3_ENDPOINT.',
    message_ar: 'قيمة CERT_STORE هي s3 دون حاوية: اذكرها في S3_BUCKET، واذكر عنوان المخزن الخاص بك في S3_ENDPOINT.',
  },
  {
    setting: 'S3_ENDPOINT',
    applies: (is) => is.ENVIRONMENT_NAME === 'production' && (is.S3_ENDPOINT ?? '').startsWith('http:'),
    message: 'A production server speaks https with the store of its envelopes: change S3_ENDPOINT.',
    message_ar: 'يتصل خادم الإنتاج بمخزن المفاتيح عبر https: صحّح S3_ENDPOINT.',
  },
]
