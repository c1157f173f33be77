/** An office for tests: keys in memory, files in a passing folder, the practice gateway, and a log that can be searched. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { giveSetUpToken } from '#core/access/set-up.ts'
import { createOffice, type RunningOffice } from '#core/compose.ts'
import { memoryEncryption } from '#core/keys/providers.ts'
import { keyStore } from '#core/keys/store.ts'
import type { Storage } from '#core/ports.ts'
import { openSqlite } from '#core/storage/sqlite.ts'
import { jsonLog } from '#core/system/log.ts'
import { startPractice } from '#practice/index.ts'

export interface TestOffice {
  readonly running: RunningOffice
  /** Opens the first account */
  readonly setUpToken: string
  /** Everything logged so far */
  log(): string
  /** The gateway's control address: faults, scripted answers */
  steer(path: string, body: object): Promise<void>
  /** Takes the gateway off the network */
  stopGateway(): Promise<void>
  close(): Promise<void>
}

/** On SQLite, unless another storage is given. */
export const openTestOffice = async (storage?: Storage): Promise<TestOffice> => {
  const folder = await mkdtemp(join(tmpdir(), 'khatm-office-'))
  const practice = await startPractice()
  const lines: string[] = []
  const running = await createOffice({
    shell: 'server',
    keys: keyStore(memoryEncryption()),
    storage: storage ?? (await openSqlite({ file: join(folder, 'khatm.sqlite') })),
    archive: join(folder, 'archive'),
    environments: ['PRACTICE'],
    practice,
    log: jsonLog({ destination: { write: (line) => void lines.push(line) } }),
  })
  let stopped: Promise<void> | undefined
  const stopGateway = (): Promise<void> => {
    stopped ??= practice.close()
    return stopped
  }
  return {
    running,
    setUpToken: (await giveSetUpToken(running.office)) ?? '',
    log: () => lines.join(''),
    steer: async (path, body) => {
      const answer = await fetch(`${practice.url}/control/${path}`, { method: 'POST', body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`the practice gateway refused ${path}: ${await answer.text()}`)
    },
    stopGateway,
    close: async () => {
      await running.close()
      await stopGateway()
      await rm(folder, { recursive: true })
    },
  }
}
