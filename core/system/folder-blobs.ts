/** The archive as a folder: files under ZATCA's names, written once, flushed to the disk before they count. */
import { randomUUID } from 'node:crypto'
import { glob, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { Failure } from '#core/errors.ts'
import type { Blobs } from '#core/ports.ts'

/** A folder that never overwrites: the same bytes again are fine, other bytes are `storage/immutable`. */
export const folderBlobs = (folder: string): Blobs => {
  const get = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return await readFile(inside(folder, path))
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined
      throw error
    }
  }
  const isThere = async (path: string, bytes: Uint8Array): Promise<boolean> => {
    const present = await get(path)
    if (present === undefined || Buffer.compare(present, bytes) === 0) return present !== undefined
    throw new Failure('storage/immutable', { details: { file: path } })
  }
  return {
    get,
    list: async function* (path) {
      const found = glob('**/*', { cwd: inside(folder, path), withFileTypes: true })
      const start = join(folder, sep).length
      for await (const entry of found) {
        if (entry.isFile() && !entry.name.endsWith(unfinished)) {
          yield join(entry.parentPath, entry.name).slice(start).replaceAll(sep, '/')
        }
      }
    },
    put: async (path, bytes) => {
      if (await isThere(path, bytes)) return
      try {
        await writeNew(inside(folder, path), bytes)
      } catch (error) {
        // Somebody else was faster; what he wrote must be the same.
        if (!isCode(error, 'EEXIST') || !(await isThere(path, bytes))) throw error
      }
    },
  }
}

/** No name that came from a document may lead out of the folder (reliability section 8). */
const inside = (folder: string, path: string): string => {
  const clean = normalize(path)
  if (isAbsolute(clean) || clean.split(/[\\/]/).includes('..')) {
    throw new Failure('request/invalid', { reason: 'a file name that leaves the archive' })
  }
  return join(folder, clean)
}

const unfinished = '.part'

/** Under a passing name first, so that a crash never leaves half a document under its own name. */
const writeNew = async (file: string, bytes: Uint8Array): Promise<void> => {
  const passing = `${file}.${randomUUID()}${unfinished}`
  await mkdir(dirname(file), { recursive: true })
  await writeFile(passing, bytes, { flag: 'wx', flush: true })
  try {
    await link(passing, file)
  } finally {
    await unlink(passing)
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
