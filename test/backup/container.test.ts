/** The encrypted file opens only whole, unchanged, in order, and with its own key. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type BackupKey, decrypted, encrypted, newSeal, openSeal, reading } from '#core/backup/container.ts'

const PIECE = 64 * 1024

async function* inPieces(bytes: Uint8Array, length: number) {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}

const all = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await Array.fromAsync(source))

const keyFile: BackupKey = { kind: 'key-file', key: randomBytes(32) }

const sealed = async (plain: Uint8Array, key: BackupKey = keyFile): Promise<Buffer> =>
  all(encrypted(await newSeal(key), inPieces(plain, 1000)))

const open = async (file: Uint8Array, key: BackupKey = keyFile): Promise<Buffer> => {
  const read = reading(inPieces(file, 777))
  return all(decrypted(await openSeal(read, key), read))
}

describe('a container', () => {
  test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])('gives back %i bytes', async (length) => {
    const plain = randomBytes(length)
    expect((await open(await sealed(plain))).equals(plain)).toBe(true)
  })

  test('opens with its passphrase, however its letters were composed, and with no other', async () => {
    const file = await sealed(Buffer.from('plain'), { kind: 'passphrase', passphrase: 'كلمة سر طويلة é' })
    expect((await open(file, { kind: 'passphrase', passphrase: 'كلمة سر طويلة e\u0301' })).toString()).toBe('plain')
    const wrong = open(file, { kind: 'passphrase', passphrase: 'كلمة سر طويلة' })
    await expect(wrong).rejects.toMatchObject({ code: 'backup/wrong-key' })
    await expect(open(file)).rejects.toMatchObject({ code: 'backup/wrong-key', details: { madeWith: 'passphrase' } })
  })

  test('another key file does not open it', async () => {
    const other: BackupKey = { kind: 'key-file', key: randomBytes(32) }
    await expect(open(await sealed(Buffer.from('x')), other)).rejects.toMatchObject({ code: 'backup/wrong-key' })
  })

  test('the same content under the same key is another file each time, and shows nothing of the content', async () => {
    const plain = Buffer.from('الرقم السري للشركة'.repeat(100))
    const [one, other] = [await sealed(plain), await sealed(plain)]
    expect(one.equals(other)).toBe(false)
    expect(one.includes(plain.subarray(0, 20))).toBe(false)
  })
})

describe('damage', () => {
  const plain = randomBytes(2 * PIECE + 500)
  const damaged = { code: expect.stringMatching(/^backup\/(?:damaged|wrong-key)$/) }

  test('one flipped bit anywhere is noticed', async () => {
    const file = await sealed(plain)
    const places = [0, 9, 12, 40, 150, 300, PIECE, PIECE + 500, 2 * PIECE, file.length - 17, file.length - 1]
    for (const place of places) {
      const flipped = Buffer.from(file)
      flipped.writeUInt8(flipped.readUInt8(place) ^ 1, place)
      await expect(open(flipped), `at ${place}`).rejects.toMatchObject(damaged)
    }
  })

  test('cut off anywhere, also between two pieces, is noticed', async () => {
    const file = await sealed(plain)
    const headerEnd = 12 + file.readUInt32BE(8)
    for (const length of [0, 5, 12, headerEnd, headerEnd + PIECE + 16, headerEnd + 2 * (PIECE + 16), file.length - 1]) {
      await expect(open(file.subarray(0, length)), `after ${length}`).rejects.toMatchObject({ code: 'backup/damaged' })
    }
  })

  test('pieces in another order, twice, or of another file are noticed', async () => {
    const [file, other] = [await sealed(plain), await sealed(plain)]
    const headerEnd = 12 + file.readUInt32BE(8)
    const piece = (of: Buffer, index: number) =>
      of.subarray(headerEnd + index * (PIECE + 16), headerEnd + (index + 1) * (PIECE + 16))
    const header = file.subarray(0, headerEnd)
    const orders = [
      [piece(file, 1), piece(file, 0), piece(file, 2)],
      [piece(file, 0), piece(file, 0), piece(file, 1), piece(file, 2)],
      [piece(file, 0), piece(other, 1), piece(file, 2)],
      [piece(file, 0), piece(file, 2)],
      [piece(file, 0), piece(file, 1), piece(file, 2), Buffer.from('more')],
    ]
    for (const pieces of orders) {
      await expect(open(Buffer.concat([header, ...pieces]))).rejects.toMatchObject({ code: 'backup/damaged' })
    }
  })

  test('a file of something else is not taken for a backup', async () => {
    await expect(open(Buffer.from('SQLite format 3\0'.repeat(10)))).rejects.toMatchObject({ code: 'backup/damaged' })
  })
})
