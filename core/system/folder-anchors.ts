/**
 * Anchors in a folder outside the database: a file for each day, to which heads are only appended, a line for each. Whoever reads takes
 * the highest counter of a chain, so a line can be lost but never lead backwards, and several processes may write at once.
 */
import { mkdir, open, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Failure } from '#core/errors.ts'
import type { AnchoredHead, Anchors, Clock } from '#core/ports.ts'

const anchoredHead = z.object({
  chainId: z.string(),
  unitId: z.string(),
  epoch: z.number(),
  icv: z.number(),
  hash: z.string(),
})

type Heads = Map<string, AnchoredHead>

/** Throws `anchors/unavailable` when the folder cannot be read or written. */
export const folderAnchors = (folder: string, clock: Clock): Anchors => {
  let known: Heads | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(() => available(work))
    turn = mine.catch(() => undefined)
    return mine
  }
  const put = async (heads: readonly AnchoredHead[]): Promise<void> => {
    const kept = known ?? (await begun(folder, clock))
    known = kept
    const news = heads.filter(({ chainId, icv }) => icv > (kept.get(chainId)?.icv ?? -1))
    if (news.length === 0) return
    await append(folder, `${today(clock)}.jsonl`, news)
    for (const head of news) kept.set(head.chainId, head)
  }
  return {
    put: (heads) => inTurn(() => put(heads)),
    read: () =>
      inTurn(async () => {
        const files = await filesOf(folder)
        return files.length === 0 ? undefined : await readAll(folder, files)
      }),
  }
}

const available = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (cause) {
    throw new Failure('anchors/unavailable', { cause, reason: isCoded(cause) ? cause.code : 'unknown' })
  }
}

const isCoded = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'

/** UTC, so that the order of names is the order of time. */
const today = ({ now }: Clock): string => new Date(now()).toISOString().slice(0, 10)

const day = 24 * 3_600_000
const summary = 'heads.jsonl'

const filesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted()
  } catch (error) {
    if (isCoded(error) && error.code === 'ENOENT') return []
    throw error
  }
}

const readAll = async (folder: string, files: readonly string[]): Promise<Heads> => {
  const heads: Heads = new Map()
  for (const file of files) {
    for (const head of linesOf(await readFile(join(folder, file), 'utf8'))) {
      if (head.icv > (heads.get(head.chainId)?.icv ?? -1)) heads.set(head.chainId, head)
    }
  }
  return heads
}

/** A line that a crash cut off is none. */
const linesOf = (text: string): readonly AnchoredHead[] =>
  text.split('\n').flatMap((line) => {
    const { success, data } = anchoredHead.safeParse(parsed(line))
    return success ? [data] : []
  })

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** What is kept already; days that nobody writes to any more are summed up in one file. */
const begun = async (folder: string, clock: Clock): Promise<Heads> => {
  await mkdir(folder, { recursive: true })
  const files = await filesOf(folder)
  const old = files.filter((name) => name !== summary && name < `${today({ now: () => clock.now() - day })}.jsonl`)
  if (old.length > 0) await sumUp(folder, old)
  return readAll(folder, await filesOf(folder))
}

/** Old files go only after their sum is on the disk; another process that does the same at once finds the same. */
const sumUp = async (folder: string, old: readonly string[]): Promise<void> => {
  const heads = await readAll(folder, [...(await filesOf(folder)).filter((name) => name === summary), ...old])
  const passing = join(folder, `${summary}.${process.pid}`)
  await writeFile(passing, text([...heads.values()]), { flush: true })
  await rename(passing, join(folder, summary))
  await flushFolder(folder)
  for (const name of old) await unlink(join(folder, name)).catch(ignoreMissing)
}

const ignoreMissing = (error: unknown): void => {
  if (!isCoded(error) || error.code !== 'ENOENT') throw error
}

/** Begins on a line of its own, whatever a crash left at the end of the file. */
const text = (heads: readonly AnchoredHead[]): string => `\n${heads.map((head) => JSON.stringify(head)).join('\n')}\n`

const append = async (folder: string, name: string, heads: readonly AnchoredHead[]): Promise<void> => {
  await using file = await open(join(folder, name), 'a')
  const isNew = (await file.stat()).size === 0
  await file.appendFile(text(heads))
  await file.sync()
  if (isNew) await flushFolder(folder)
}

/** The name of a new file has to survive a power cut too; Windows flushes names by itself and opens no folders. */
const flushFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  await using handle = await open(folder)
  await handle.sync()
}
