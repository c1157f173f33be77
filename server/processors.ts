/** How many processors this process may use: the quota of a container stands in its control group, where Node does not look. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'

/** At least 1; half a processor more is not counted, because a worker on it would wait half of the time. */
export const processors = (root = '/', seen = availableParallelism()): number =>
  Math.max(1, Math.floor(Math.min(seen, ...quotas(root))))

/** A group may be given less than the one that it lies in, or more: the smallest on the way up counts. */
const quotas = (root: string): readonly number[] =>
  membership(root).flatMap(({ controllers, path }) => {
    const read = controllers === '' ? unifiedQuota : legacyQuota
    return upwards(path).flatMap((group) => read(join(root, 'sys/fs/cgroup', controllers, group)) ?? [])
  })

/** Lines of `/proc/self/cgroup`: `0::/group` of version 2, `4:cpu,cpuacct:/group` of version 1. */
const membership = (root: string): readonly { readonly controllers: string; readonly path: string }[] =>
  (textOf(join(root, 'proc/self/cgroup')) ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.+)$/.exec(line) ?? []
    if (controllers === undefined || path === undefined) return []
    return controllers === '' || controllers.split(',').includes('cpu') ? [{ controllers, path }] : []
  })

/** `/a/b` -> `/a/b`, `/a`, `/`. */
const upwards = (path: string): readonly string[] => (path === '/' ? ['/'] : [path, ...upwards(dirname(path))])

/** `max 100000` or `150000 100000`: microseconds of work in a period. */
const unifiedQuota = (folder: string): number | undefined => {
  const [quota, period] = (textOf(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number)
  return share(quota, period)
}

/** -1 when there is no limit. */
const legacyQuota = (folder: string): number | undefined =>
  share(
    Number(textOf(join(folder, 'cpu.cfs_quota_us')) ?? Number.NaN),
    Number(textOf(join(folder, 'cpu.cfs_period_us')) ?? Number.NaN),
  )

const share = (quota = Number.NaN, period = Number.NaN): number | undefined =>
  quota > 0 && period > 0 ? quota / period : undefined

const textOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Another operating system, or another version of control groups.
    return undefined
  }
}
