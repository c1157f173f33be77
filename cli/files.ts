/** Reads and writes the files that a command names; a file that cannot be read or written is a usage failure with its reason. */
import { access, chmod, constants, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { Failure } from '#core/errors.ts'

export const readInput = (file: string): Promise<Buffer> => orUnreadable(file, () => readFile(file))

/** The same for files of strangers: `assertSize` refuses too many bytes before they are in memory, also of a pipe. */
export const readBounded = (file: string, assertSize: (bytes: number) => void): Promise<Buffer> =>
  orUnreadable(file, async () => {
    await using handle = await open(file)
    const known = await handle.stat()
    assertSize(known.size)
    if (known.isFile()) return handle.readFile()
    const pieces: Buffer[] = []
    let size = 0
    for await (const piece of handle.createReadStream({ autoClose: false })) {
      pieces.push(piece)
      size += piece.length
      assertSize(size)
    }
    return Buffer.concat(pieces)
  })

/** Writes to the file; `secret` files are for their owner's eyes only and never replace an existing one. */
export const writeOutput = (file: string, content: string | Uint8Array, secret = false): Promise<void> =>
  orUnreadable(file, async () => {
    await writeFile(file, content, secret ? { mode: 0o600, flag: 'wx' } : {})
    if (secret) await chmod(file, 0o600)
  })

/** Makes the folder. Throws `usage/invalid-value` when something is in it: what is written there must not mix with anything. */
export const assertEmptyFolder = (folder: string): Promise<void> =>
  orUnreadable(folder, async () => {
    await mkdir(folder, { recursive: true })
    if ((await readdir(folder)).length === 0) return
    throw new Failure('usage/invalid-value', { details: { option: folder, value: 'not empty' } })
  })

/** For files that are read in pieces later. Throws `usage/unreadable-file`. */
export const assertReadable = (file: string): Promise<void> => orUnreadable(file, () => access(file, constants.R_OK))

const orUnreadable = async <Result>(file: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
    throw new Failure('usage/unreadable-file', {
      cause,
      details: { file, ...(reason === undefined ? {} : { reason }) },
    })
  }
}

export const readJson = async (file: string): Promise<unknown> => parseJson(file, await readInput(file))

/** Throws `request/not-json` with the file's name. */
export const parseJson = (file: string, bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new Failure('request/not-json', { cause, details: { file } })
  }
}
