/**
 * Colours in a cluster, by `kubectl`. The Service `khatm` points to the colour that people use, `khatm-canary` to the one that comes; shares
 * below 100 are the weight of the Ingress `khatm-canary`. The names are those of `deploy/kubernetes/blue-green` and `canary`.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Colour, type Counts, otherThan, type Road } from './road.ts'

const run = promisify(execFile)
const CANARY = 'khatm-canary'
const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight'
const LABEL = 'khatm.app/colour'

export const kubernetesRoad = (namespace: string): Road => {
  const kubectl = async (...words: readonly string[]): Promise<string> =>
    (await run('kubectl', ['--namespace', namespace, ...words], { maxBuffer: 2 ** 26 })).stdout
  const merge = (kind: string, name: string, value: object) =>
    kubectl('patch', kind, name, '--type', 'merge', '--patch', JSON.stringify(value))
  const point = (service: string, colour: Colour) =>
    merge('service', service, { spec: { selector: { [LABEL]: colour } } })
  const weigh = (percent: number) =>
    merge('ingress', CANARY, { metadata: { annotations: { [WEIGHT]: String(percent) } } })
  const raw = (pod: string, port: number, path: string) =>
    kubectl('get', '--raw', `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy${path}`)
  const pods = async (colour: Colour): Promise<readonly string[]> => {
    const running = ['--selector', `${LABEL}=${colour}`, '--field-selector', 'status.phase=Running']
    const names = await kubectl('get', 'pods', ...running, '--output', 'name')
    return names.split('\n').flatMap((line) => (line === '' ? [] : [line.replace('pod/', '')]))
  }
  const all = async (colour: Colour): Promise<void> => {
    await point('khatm', colour)
    // Without a canary Ingress there is nothing but all or nothing.
    const canary = await kubectl('get', 'ingress', CANARY, '--ignore-not-found', '--output', 'name')
    if (canary !== '') await weigh(0)
  }

  return {
    share: async (colour, percent) => {
      if (percent === 100) return all(colour)
      await point('khatm', otherThan(colour))
      await point(CANARY, colour)
      await weigh(percent)
    },
    counts: async (colour) => {
      const figures = await Promise.all((await pods(colour)).map((pod) => raw(pod, 9464, '/metrics')))
      return countsIn(figures.join('\n'))
    },
    status: async (colour, path) => {
      const running = await pods(colour)
      if (running.length === 0) return 0
      try {
        for (const pod of running) await raw(pod, 8080, path)
        return 200
      } catch {
        // kubectl tells that a status was not good by failing; which one it was stands in the log of the pod.
        return 0
      }
    },
  }
}

const answered = /^khatm_http_request_seconds_count\{.*status="(\d)\d\d".*\} (\d+)/gm

/** From the text that Prometheus reads. */
const countsIn = (metrics: string): Counts => {
  const found = [...metrics.matchAll(answered)].map(([, family, count]) => ({ family, count: Number(count) }))
  const sum = (some: typeof found) => some.reduce((whole, { count }) => whole + count, 0)
  return { answered: sum(found), failed: sum(found.filter(({ family }) => family === '5')) }
}
