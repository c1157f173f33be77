/** Envelopes in a folder: a file for each, which only its owner reads and which nothing ever overwrites. */
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvelopePlace } from './envelope-places.ts'
import { createOnce, locked } from './private-file.ts'

/** Several machines need a shared volume, or each of them opens only what it made itself. */
export const folderPlace = (folder: string): EnvelopePlace => ({
  name: 'filesystem',
  create: async (object, text) => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
    } catch (thrown) {
      throw locked('the folder of the envelopes cannot be made', thrown)
    }
    await createOnce(join(folder, object), text)
    await flushed(folder)
  },
  read: async (object) => {
    try {
      return await readFile(join(folder, object), 'utf8')
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
      throw locked('the folder of the envelopes cannot be read', thrown)
    }
  },
})

/** The name of a new file has to survive a power cut too; Windows flushes names by itself and opens no folders. */
const flushed = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  await using handle = await open(folder)
  await handle.sync()
}
