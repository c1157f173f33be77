/** Envelopes beside the database: never overwritten, compared when they are read, moved between places, and part of every backup. */
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { rewrappedRows } from '#core/backup/keys.ts'
import { providerOf, sealEnvelope } from '#core/keys/envelope.ts'
import { type EnvelopePlace, envelopesIn, inDatabase } from '#core/keys/envelope-places.ts'
import { folderPlace } from '#core/keys/folder-place.ts'
import { keyUse } from '#core/keys/key-use.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { backupEncryption, rewrapping } from '#core/keys/rewrapping.ts'
import { s3Place } from '#core/keys/s3-place.ts'
import { keyStore } from '#core/keys/store.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { rewrapAll } from '#core/workflow/rewrap.ts'
import { keyBinding } from '#core/workflow/signing.ts'
import { failing } from '../storage/engines.ts'
import { draft, openOffice, type TestOffice } from '../workflow/office.ts'
import { credentials, type S3Stub, startS3Stub } from './s3-stub.ts'

const encryption = memoryEncryption()
let folder = ''
let stub: S3Stub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'khatm-envelopes-'))
  stub = await startS3Stub()
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await stub.close()
  await rm(folder, { recursive: true, force: true })
})

const inFolder = () => folderPlace(join(folder, 'keys'))
const inBucket = () => s3Place({ bucket: 'office', prefix: 'khatm/', region: 'me-south-1', endpoint: stub.url })
const sealed = (secret = 'a private key') => sealEnvelope(encryption, Buffer.from(secret), 'b')

describe.each([
  ['filesystem', inFolder],
  ['s3', inBucket],
] as const)('in %s', (name, place) => {
  it('an envelope comes back, on every replica, by a reference that names its key and does not hold it', async () => {
    const envelope = await sealed()
    const kept = await envelopesIn([place()], name).keep(envelope)
    expect(providerOf(kept)).toBe(encryption.provider)
    expect(kept).not.toContain(envelope.split('.')[2])
    expect(await envelopesIn([place()], 'database').open(kept)).toBe(envelope)
    expect(await envelopesIn([place()], name).keep(envelope)).toBe(kept)
  })

  it('nothing is overwritten', async () => {
    const { create, read } = place()
    await create('taken.envelope', 'the first')
    await create('taken.envelope', 'the second')
    expect(await read('taken.envelope')).toBe('the first')
    expect(await read('nothing.envelope')).toBeUndefined()
  })

  it('two who write the same at once have it both', async () => {
    const envelope = await sealed()
    const replicas = [1, 2, 3, 4].map(() => envelopesIn([place()], name).keep(envelope))
    expect(new Set(await Promise.all(replicas)).size).toBe(1)
  })

  it('another envelope under the name of one is noticed, when it is written and when it is read', async () => {
    const [envelope, other] = [await sealed(), await sealed('another key')]
    const kept = await envelopesIn([place()], name).keep(envelope)
    const swapped: EnvelopePlace = { ...place(), read: async () => other }
    await expect(envelopesIn([swapped], name).open(kept)).rejects.toEqual(failing('key/malformed'))
    await expect(envelopesIn([swapped], name).keep(envelope)).rejects.toEqual(failing('key/malformed'))
  })

  it('is not opened where the place is not set, or has lost it', async () => {
    const kept = await envelopesIn([place()], name).keep(await sealed())
    const empty: EnvelopePlace = { ...place(), read: async () => undefined }
    for (const envelopes of [inDatabase, envelopesIn([], 'database'), envelopesIn([empty], name)])
      await expect(envelopes.open(kept)).rejects.toEqual(failing('key/locked'))
  })
})

describe('a folder', () => {
  it('is for its owner alone', async () => {
    const own = join(folder, 'own')
    await envelopesIn([folderPlace(own)], 'filesystem').keep(await sealed())
    const [file = ''] = await readdir(own)
    expect([(await stat(own)).mode & 0o777, (await stat(join(own, file))).mode & 0o777]).toEqual([0o700, 0o600])
  })

  it('whose file was changed opens nothing', async () => {
    const own = join(folder, 'changed')
    const kept = await envelopesIn([folderPlace(own)], 'filesystem').keep(await sealed())
    const file = join(own, (await readdir(own))[0] ?? '')
    await chmod(file, 0o600)
    await writeFile(file, (await readFile(file, 'utf8')).replace('khatm1', 'khatm2'))
    await expect(envelopesIn([folderPlace(own)], 'filesystem').open(kept)).rejects.toEqual(failing('key/malformed'))
  })
})

describe('an object store', () => {
  it('that refuses the signature is out of reach, and its secret is nowhere in what is said of it', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canary of another one')
    const refused = await inBucket()
      .create('x.envelope', 'text')
      .catch((thrown: unknown) => thrown)
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey)
    expect(refused).toEqual(failing('key/locked'))
    expect(String(refused)).not.toContain('canary')
    expect(stub.requests.at(-1)).toBe('PUT /office/khatm/x.envelope 403')
  })

  it('is asked to create and never to replace', async () => {
    await inBucket().create('twice.envelope', 'text')
    await inBucket().create('twice.envelope', 'text')
    expect(stub.requests.slice(-2)).toEqual([
      'PUT /office/khatm/twice.envelope 200',
      'PUT /office/khatm/twice.envelope 412',
    ])
  })
})

describe('an office', { timeout: 60_000 }, () => {
  let office: TestOffice
  const both = (current: 'database' | 'filesystem' | 's3') => envelopesIn([inFolder(), inBucket()], current)
  beforeAll(async () => {
    office = await openOffice({ encryption })
  })
  afterAll(() => office.close())

  const kept = async () => (await office.ports.storage.read.keyEnvelopes()).map(({ envelope }) => envelope)
  const moveTo = (current: 'database' | 'filesystem' | 's3') =>
    rewrapAll(office.ports, rewrapping(encryption, encryption, both(current)), 'tester')

  it('issues wherever its keys are, and brings them from one place to the other while it works', async () => {
    const unit = await office.readyUnit()
    let count = 0
    for (const place of ['filesystem', 's3', 'database'] as const) {
      expect(await moveTo(place)).toMatchObject({ keys: 1, failed: [] })
      expect(await moveTo(place)).toMatchObject({ keys: 0, failed: [] })
      expect((await kept())[0]).toMatch(place === 'database' ? /^khatm1\./ : new RegExp(`^kept1\\..*\\.${place}-`))
      expect(await keyUse(office.ports.storage.read)).toMatchObject([{ provider: encryption.provider, keys: 1 }])
      const ports = { ...office.ports, keys: keyStore(encryption, undefined, both('database')) }
      const wanted = draft({ profile: 'simplified' })
      count += 1
      await issueDocument(ports, { unitId: unit.id, draft: wanted, idempotencyKey: `place-${count}`, actor: 'tester' })
    }
  })

  it('takes the envelopes along in its backup, which opens without the bucket', async () => {
    await moveTo('s3')
    const [reference = ''] = await kept()
    const inBackup = backupEncryption(Buffer.alloc(32, 5))
    const leaving = rewrapping(encryption, inBackup, { ...inDatabase, open: both('s3').open })
    const rows = await rewrappedRows(office.ports.storage.read, leaving)
    const [{ keyId } = { keyId: '' }] = await office.ports.storage.read.keyEnvelopes()
    const row = await rows['key_envelope']?.({ id: keyId, envelope: reference })
    expect(row?.['envelope']).toMatch(/^khatm1\.backup-/)
    // Wrapped again by the key of a new place, which has no bucket.
    const next = memoryEncryption()
    const [unit] = await office.ports.storage.read.units((await office.ports.storage.read.companies())[0]?.id ?? '')
    const binding = keyBinding(unit ?? never())
    const restored = await rewrapping(inBackup, next).key(String(row?.['envelope']), binding)
    expect(await keyStore(next).publicKey(restored, binding)).toEqual(
      await keyStore(encryption, undefined, both('s3')).publicKey(reference, binding),
    )
  })
})

const never = (): never => {
  throw new Error('the office has a unit')
}
