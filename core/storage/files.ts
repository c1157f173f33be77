/** The archive as a folder of files: written once, on the disk before it is acknowledged, never outside the folder. */
import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../errors.ts'
import type { Blobs } from '../ports.ts'

/** Names that no system gives a meaning to: no dots at the ends, no separators, no drive letters, no devices of Windows. */
const part = /^(?!\.)[\p{L}\p{N}_.\- ]{1,200}(?<![. ])$/u
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** `path` is relative, its parts divided by `/`. Throws `request/invalid` on any other path, `storage/immutable` on other bytes. */
export const fileBlobs = (folder: string): Blobs => ({
  put: async (path, bytes) => {
    const file = placed(folder, path)
    const existing = await readIfThere(file)
    if (existing !== undefined) return sameOrRefuse(existing, bytes, path)
    await mkdir(dirname(file), { recursive: true })
    await writeDurably(file, bytes)
  },
  get: (path) => readIfThere(placed(folder, path)),
})

const placed = (folder: string, path: string): string => {
  const parts = path.split('/')
  if (!parts.every((name) => part.test(name) && !device.test(name)))
    throw new Failure('request/invalid', { details: { findings: [{ path: 'path', code: 'path/unsafe' }] } })
  return join(folder, ...parts)
}

const readIfThere = async (file: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(file)
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw new Failure('storage/unavailable', { reason: 'the archive cannot be read', cause: thrown })
  }
}

const sameOrRefuse = (existing: Uint8Array, bytes: Uint8Array, path: string): void => {
  if (!Buffer.from(existing).equals(bytes)) throw new Failure('storage/immutable', { details: { path } })
}

/** Under another name first: a power cut never leaves half a document under its real name. */
const writeDurably = async (file: string, bytes: Uint8Array): Promise<void> => {
  const unfinished = `${file}.${process.pid}.part`
  try {
    await synced(await open(unfinished, 'w', 0o440), (handle) => handle.writeFile(bytes))
    await rename(unfinished, file)
    if (process.platform !== 'win32') await synced(await open(dirname(file), constants.O_RDONLY))
  } catch (cause) {
    await rm(unfinished, { force: true })
    throw new Failure('storage/unavailable', { reason: 'the archive cannot be written', cause })
  }
}

const synced = async (handle: FileHandle, use?: (handle: FileHandle) => Promise<void>): Promise<void> => {
  try {
    await use?.(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
