/** `docker compose up` as deploy/README.md says it: one server, and three behind HAProxy that are stopped and killed under load. */
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { type Load, openUnit, startLoad, until, verifiedChain } from '../server/load.ts'
import { measured, type Office, openOffice } from './office.ts'

const host = inject('host')

const limit = 512 * 2 ** 20
const units: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 }

/** What the engine shows as used, page cache left out. */
const memory = async ({ docker }: Office, container: string): Promise<number> => {
  const shown = await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', container)
  const [, amount = '', unit = ''] = /^([\d.]+)(\w+)/.exec(shown) ?? []
  return Number(amount) * (units[unit] ?? Number.NaN)
}

/** People who load the pages while programs issue. */
const visit = (front: string) => {
  const counts = { pages: 0 }
  let going = true
  const paths = ['/', '/api/v1/health', '/api/v1/system/health', '/api/v1/system/info']
  const visiting = (async () => {
    while (going) {
      for (const path of paths) {
        const answer = await fetch(front + path)
        await answer.text()
        if (answer.ok) counts.pages += 1
      }
      await pause(50)
    }
  })()
  return {
    counts,
    stop: async () => {
      going = false
      await visiting
    },
  }
}

const figures = ({ counts, issued }: Load) => ({ issued: issued.size, ...counts })

describe.skipIf(host === '')('compose', () => {
  test('one command: healthy, read-only, below 512 MB on one processor under mixed load', async () => {
    const office = await openOffice(host, 'compose.yml')
    onTestFinished(() => office.close())
    const [server = ''] = await office.containers('server')
    const health = () => office.docker('inspect', '--format', '{{.State.Health.Status}}', server)
    const limits = await office.docker('inspect', '--format', '{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}', server)
    expect(limits).toBe(`${limit} ${1e9}`)

    const unit = await openUnit(office.caller)
    const load = startLoad(office.caller, unit)
    const visitors = visit(office.front)
    let peak = 0
    for (let sample = 0; sample < 20; sample++) {
      peak = Math.max(peak, await memory(office, server))
      await pause(1000)
    }
    await visitors.stop()
    await load.stop()
    await until(async () => (await health()) === 'healthy', 'the health check of the engine')
    expect(peak).toBeLessThan(limit)
    expect(load.counts.failed).toBe(0)
    expect(load.issued.size).toBeGreaterThan(20)
    expect(await verifiedChain(office.caller, unit)).toEqual({ ok: true, documents: load.issued.size })
    await measured('one server, one processor', {
      ...figures(load),
      ...visitors.counts,
      peakMegabytes: Math.round(peak / 1e6),
    })

    const inside = (...words: readonly string[]) => office.docker('exec', server, ...words)
    await expect(inside('touch', '/app/file')).rejects.toThrow('Read-only file system')
    expect(await inside('khatm', 'audit')).not.toBe('')
    await inside('khatm', 'backup', '--out', '/data/backups', '--key-file', '/run/secrets/backup.key')
    const changed = (await office.docker('diff', server)).split('\n').filter((line) => !/\/(run|tmp)(\/|$)/.test(line))
    expect(changed.filter(Boolean)).toEqual([])

    await office.docker('stop', '--time', '35', server)
    expect(await office.docker('inspect', '--format', '{{.State.ExitCode}} {{.State.OOMKilled}}', server)).toBe(
      '0 false',
    )
  })

  test('three replicas: a stop fails no request; kills fail only what was under way, and nothing is lost or doubled', async () => {
    const office = await openOffice(host, 'compose.ha.yml')
    onTestFinished(() => office.close())
    const replicas = await office.containers('server')
    expect(replicas).toHaveLength(3)
    const healthy = (container: string) =>
      until(async () => (await office.docker('exec', container, 'node', '-e', ready)) === '200', 'a replica')
    for (const replica of replicas) await healthy(replica)

    const unit = await openUnit(office.caller)
    const load = startLoad(office.caller, unit)
    await pause(8000)
    const [first = ''] = replicas
    await office.docker('stop', '--time', '35', first)
    await pause(4000)
    await measured('one of three stopped', figures(load))
    expect(load.counts.failed).toBe(0)

    await office.docker('start', first)
    await healthy(first)
    const beforeKills = load.counts.failed
    for (const replica of replicas) {
      await pause(4000)
      await office.docker('kill', replica)
      await pause(4000)
      await office.docker('start', replica)
      await healthy(replica)
    }
    await load.stop()
    const failed = load.counts.failed - beforeKills
    await measured('each of three killed', { ...figures(load), failedByKills: failed })
    // Six callers have at most six requests under way, on all three replicas.
    expect(failed).toBeLessThanOrEqual(6 * replicas.length)
    expect(load.issued.size).toBeGreaterThan(30)
    expect(new Set(load.issued.values()).size).toBe(load.issued.size)
    expect(await verifiedChain(office.caller, unit)).toEqual({ ok: true, documents: load.issued.size })
  })

  test('blue to green in four shares loses no write; a colour that is not there takes nothing', async () => {
    const office = await openOffice(host, 'compose.colours.yml', 'blue', 'green', 'balancer', 'practice')
    onTestFinished(() => office.close())
    const to = (colour: string) =>
      office.compose('run', '--rm', 'switch', '--to', colour, '--hold', '3', '--least', '10')
    const unit = await openUnit(office.caller)
    const load = startLoad(office.caller, unit)
    const said = await to('green')
    expect(said.match(/\d+ %/g)).toEqual(['5 %', '25 %', '50 %', '100 %'])
    await measured('blue to green', figures(load))
    expect(load.counts.failed).toBe(0)

    await office.compose('stop', 'blue')
    await expect(to('blue')).rejects.toThrow('returned')
    const before = load.issued.size
    await expect.poll(() => load.issued.size, { timeout: 30_000 }).toBeGreaterThan(before + 3)
    await load.stop()
    await measured('back to a blue that is gone', figures(load))
    expect(load.counts.failed).toBe(0)
    expect(new Set(load.issued.values()).size).toBe(load.issued.size)
    expect(await verifiedChain(office.caller, unit)).toEqual({ ok: true, documents: load.issued.size })
  })
})

const ready = "fetch('http://127.0.0.1:8080/ready').then(({ status }) => console.log(status), () => console.log(0))"
