/** The archive folder: written once, never overwritten, never outside. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderBlobs } from '#core/system/folder-blobs.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('folderBlobs', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-blobs-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('gives back what was put, and nothing for an unknown name', async () => {
    const blobs = folderBlobs(folder)
    await blobs.put('PRACTICE/signed/a.xml', bytes('one'))
    expect(await blobs.get('PRACTICE/signed/a.xml')).toEqual(Buffer.from('one'))
    expect(await blobs.get('PRACTICE/signed/b.xml')).toBeUndefined()
  })

  it('takes the same bytes twice and refuses others', async () => {
    const blobs = folderBlobs(folder)
    await blobs.put('twice.xml', bytes('one'))
    await blobs.put('twice.xml', bytes('one'))
    await expect(blobs.put('twice.xml', bytes('two'))).rejects.toMatchObject({ code: 'storage/immutable' })
    expect(await blobs.get('twice.xml')).toEqual(Buffer.from('one'))
  })

  it('leaves no unfinished file behind, also after a refusal', async () => {
    const blobs = folderBlobs(folder)
    await blobs.put('clean/a.xml', bytes('one'))
    await expect(blobs.put('clean/a.xml', bytes('two'))).rejects.toThrow()
    expect(await readdir(join(folder, 'clean'))).toEqual(['a.xml'])
  })

  it.each(['../outside.xml', 'a/../../outside.xml', '/outside.xml'])('refuses %s', async (path) => {
    await expect(folderBlobs(folder).put(path, bytes('x'))).rejects.toMatchObject({ code: 'request/invalid' })
  })
})
