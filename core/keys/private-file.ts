/** Files that only their owner reads: key files, salts, PINs. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { Failure } from '#core/errors.ts'

/** `key/locked`: the key-encryption key cannot be reached. The reason never holds what a file or setting contains. */
export const locked = (reason: string, cause?: unknown): Failure => new Failure('key/locked', { reason, cause })

/** Its text; throws `key/locked` when it is missing or others may read it. Windows has no such modes: the folder's access list protects it. */
export const readPrivate = async (file: string): Promise<string> => {
  try {
    const { mode, uid } = await stat(file)
    if (process.platform !== 'win32' && (mode & forbidden(uid)) !== 0)
      throw locked('others may read the key file: chmod 600')
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : locked('the key file cannot be read', thrown)
  }
}

/** A cluster mounts secrets as root's files, and lets only the group of the pod read them: as libpq does, nobody else may. */
const forbidden = (owner: number): number => (owner === 0 ? 0o037 : 0o077)

/**
 * Never overwrites, because a key-encryption key that is lost takes every private key with it, and never leaves half a file: written
 * under another name first. Whoever comes second uses the first one's.
 */
export const createOnce = async (file: string, text: string): Promise<void> => {
  if (existsSync(file)) return
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    await writeFile(unfinished, text, { mode: 0o600, flush: true })
    await link(unfinished, file)
  } catch (thrown) {
    if (!existsSync(file)) throw locked('the key file cannot be created', thrown)
  } finally {
    await rm(unfinished, { force: true })
  }
}
