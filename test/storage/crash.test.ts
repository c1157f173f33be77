/** kill -9 in the middle of writing loses nothing that was acknowledged and leaves no gap, fork or half document (G1, G2, G4). */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { expectAllKept } from './acknowledged.ts'

const KILLS = 5

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

test(`${KILLS} kills: nothing acknowledged is lost, the chain has no gap and no fork`, {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-crash-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'crash.sqlite')
  const acknowledged: string[] = []
  for (let kill = 1; kill <= KILLS; kill++) acknowledged.push(...(await writeAndKill(file, kill * 3)))

  expect(acknowledged.length).toBeGreaterThanOrEqual((3 * KILLS * (KILLS + 1)) / 2)
  await expectAllKept(file, acknowledged)
})
