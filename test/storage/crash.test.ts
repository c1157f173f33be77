/** kill -9 in the middle of writing loses nothing that was acknowledged and leaves no gap, fork or half document (G1, G2, G4). */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '#core/storage/sqlite.ts'

const KILLS = 8

/** Lines that the writer had printed when it was killed, `after` that many. */
const writeAndKill = async (file: string, after: number): Promise<readonly string[]> => {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'crash-writer.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === after) writer.kill('SIGKILL')
  }
  return acknowledged
}

test(`${KILLS} kills: nothing acknowledged is lost, the chain has no gap and no fork`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-crash-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'crash.sqlite')
  const acknowledged: string[] = []
  for (let kill = 1; kill <= KILLS; kill++) acknowledged.push(...(await writeAndKill(file, kill * 3)))

  const storage = await openSqlite({ file })
  onTestFinished(() => storage.close())
  const [company] = await storage.read.companies()
  const [unit] = await storage.read.units(company?.id ?? '')
  const chain = await storage.read.activeChain(unit?.id ?? '')
  const documents = (await storage.read.chainDocuments(chain?.id ?? '', 0, 10_000)).map(({ document }) => document)

  expect(acknowledged.length).toBeGreaterThanOrEqual((3 * KILLS * (KILLS + 1)) / 2)
  const stored = new Set(documents.map(({ icv, uuid }) => `${icv} ${uuid}`))
  expect(acknowledged.filter((line) => !stored.has(line))).toEqual([])
  expect(documents.map(({ icv }) => icv)).toEqual(documents.map((_, index) => index + 1))
  expect(documents.slice(1).map(({ pih }) => pih)).toEqual(documents.slice(0, -1).map(({ hash }) => hash))
  expect(chain?.lastHash).toBe(documents.at(-1)?.hash)
  expect((await storage.read.outboxCounts()).waiting).toBe(documents.length)
})
