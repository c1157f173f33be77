/** How many processors a container may use, read from files as Linux has them, and how the work is shared out over them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { processors } from '../../server/processors.ts'
import { restartDelay, restartsInAMinute } from '../../server/restarts.ts'
import { sharesOf } from '../../server/worker-settings.ts'

const machine = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'khatm-cgroup-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(name)), { recursive: true })
    await writeFile(join(root, name), text)
  }
  return root
}
const group = 'proc/self/cgroup'

describe('processors', () => {
  it.each([
    ['no control groups', {}, 8],
    ['no quota', { [group]: '0::/\n', 'sys/fs/cgroup/cpu.max': 'max 100000\n' }, 8],
    ['two', { [group]: '0::/\n', 'sys/fs/cgroup/cpu.max': '200000 100000\n' }, 2],
    ['one and a half', { [group]: '0::/\n', 'sys/fs/cgroup/cpu.max': '150000 100000\n' }, 1],
    ['a quarter', { [group]: '0::/\n', 'sys/fs/cgroup/cpu.max': '25000 100000\n' }, 1],
    ['more than there are', { [group]: '0::/\n', 'sys/fs/cgroup/cpu.max': '6400000 100000\n' }, 8],
    [
      'the quota of the group around',
      {
        [group]: '0::/pod/server\n',
        'sys/fs/cgroup/pod/server/cpu.max': 'max 100000\n',
        'sys/fs/cgroup/pod/cpu.max': '300000 100000\n',
      },
      3,
    ],
    [
      'version 1',
      {
        [group]: '5:memory:/docker/1a\n4:cpu,cpuacct:/docker/1a\n',
        'sys/fs/cgroup/cpu,cpuacct/docker/1a/cpu.cfs_quota_us': '400000\n',
        'sys/fs/cgroup/cpu,cpuacct/docker/1a/cpu.cfs_period_us': '100000\n',
      },
      4,
    ],
    [
      'version 1 without a limit',
      {
        [group]: '4:cpu,cpuacct:/\n',
        'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
        'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      },
      8,
    ],
  ])('%s', async (_what, files, expected) => expect(processors(await machine(files), 8)).toBe(expected))
})

describe('shares', () => {
  const postgres = { ROLE: 'all', DATABASE_URL: 'postgres://khatm@database/khatm' } as const

  it.each([
    [1, 4, { workers: 1, connections: 10, signingThreads: 3 }],
    ['auto', 4, { workers: 4, connections: 4, signingThreads: 1 }],
    ['cpu*2+1', 2, { workers: 5, connections: 4, signingThreads: 1 }],
    ['auto', 8, { workers: 8, connections: 2, signingThreads: 1 }],
    [2, 1, { workers: 2, connections: 5, signingThreads: 1 }],
    ['cpu*2+1', 64, { workers: 64, connections: 2, signingThreads: 1 }],
  ] as const)('of %s workers on %s processors', (WORKERS, count, expected) =>
    expect(sharesOf({ ...postgres, WORKERS }, count)).toEqual(expected),
  )

  it('of a pool that was set are what fits in', () => {
    expect(sharesOf({ ...postgres, WORKERS: 3, DATABASE_POOL: 20 }, 2).connections).toBe(6)
  })

  it('are one with SQLite, whatever was asked for', () => {
    expect(sharesOf({ ROLE: 'all', WORKERS: 'auto' }, 8).workers).toBe(1)
  })
})

describe('restarts of workers that die at once', () => {
  it('come ever later, and never more than a few in any minute', () => {
    const starts: number[] = []
    const delays: number[] = []
    for (let now = 0, death = 0; death < 40; death++) {
      const delay = restartDelay(starts, now)
      delays.push(delay)
      now += delay
      starts.push(now)
    }
    expect(delays.slice(0, 4)).toEqual([500, 1000, 2000, 4000])
    for (const start of starts) {
      const within = starts.filter((other) => other >= start && other < start + 60_000)
      expect(within.length).toBeLessThanOrEqual(restartsInAMinute)
    }
  })

  it('come soon again after a quiet time', () => {
    expect(restartDelay([1000, 2000, 3000], 70_000)).toBe(500)
  })

  it('of several that die together are counted together', () => {
    const starts: number[] = []
    for (let death = 0; death < 12; death++) starts.push(restartDelay(starts, 0))
    for (const start of starts) {
      const within = starts.filter((other) => other >= start && other < start + 60_000)
      expect(within.length).toBeLessThanOrEqual(restartsInAMinute)
    }
  })
})
