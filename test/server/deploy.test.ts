/** The files in `deploy/`: read by the programs they are for, and every setting and metric in them is one the server knows. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig, settingNames } from '../../server/config.ts'
import { startServer } from '../../server/office-server.ts'
import { taskDefinition } from './manifests/task-definition.ts'

const deploy = resolve(import.meta.dirname, '../../deploy')
const text = (...path: readonly string[]): string => readFileSync(join(deploy, ...path), 'utf8')

/** Runs the program that reads the file; a program that is not here says how to get it. */
const judgedBy = (program: string, debian: string) => {
  const isHere = spawnSync(program, ['--help']).error === undefined
  if (!isHere) console.warn(`SKIPPED: ${program} reads what deploy/ gives it (Debian: apt-get install ${debian})`)
  return test.skipIf(!isHere)
}
const accepted = (program: string, ...options: readonly string[]): void => acceptedWith({}, program, ...options)
const acceptedWith = (settings: NodeJS.ProcessEnv, program: string, ...options: readonly string[]): void => {
  const env = { ...process.env, ...settings }
  const { status, stdout, stderr } = spawnSync(program, options, { encoding: 'utf8', env })
  expect(status, `${stdout}${stderr}`).toBe(0)
}

judgedBy('haproxy', 'haproxy').each(['haproxy.cfg', 'haproxy.colours.cfg'])('HAProxy accepts %s', (file) => {
  accepted('haproxy', '-c', '-f', join(deploy, file))
})

judgedBy('nginx', 'nginx-light')('nginx accepts its configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-nginx-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'fullchain.pem')]
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=khatm.example.sa']
  accepted('openssl', ...request, '-keyout', key, '-out', certificate)
  writeFileSync(join(folder, 'site.conf'), text('nginx.conf').replaceAll('/etc/ssl/khatm', folder))
  const main = `pid ${folder}/pid; error_log stderr; events {} http { access_log off; include ${folder}/site.conf; }`
  writeFileSync(join(folder, 'nginx.conf'), main)
  accepted('nginx', '-t', '-c', join(folder, 'nginx.conf'), '-e', 'stderr')
})

judgedBy('promtool', 'prometheus')('the alerts fire when they should and not before', () => {
  accepted('promtool', 'test', 'rules', join(deploy, 'prometheus', 'alerts.test.yml'))
})

/** What Prometheus would read from a server that has just started. */
const shownByServer = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-metrics-'))
  let metrics = ''
  const info = (_event: string, fields: object = {}) => {
    if (metrics === '' && 'url' in fields) metrics = String(fields.url)
  }
  const log = { info, warn: () => undefined, error: () => undefined }
  const server = await startServer({ config: readConfig({ DATA_DIR: folder, PORT: '0', METRICS_PORT: '0' }), log })
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })
  return (await fetch(`${metrics}/metrics`)).text()
}

const dashboard = z.looseObject({
  uid: z.string(),
  panels: z.array(
    z.looseObject({ id: z.number(), title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })).min(1) }),
  ),
})
const dashboards = readdirSync(join(deploy, 'grafana')).map((file) => text('grafana', file))

test('every metric of alerts, dashboards and autoscaling is one of a running server', async () => {
  const shown = await shownByServer()
  const sources = [text('prometheus', 'alerts.yml'), text('kubernetes', 'prometheus-adapter.yaml'), ...dashboards]
  const autoscaler = text('kubernetes', 'ha', 'autoscaler.yaml')
  for (const source of [...sources, autoscaler]) {
    const named = source.match(/\b(?:khatm|process|nodejs)_\w+/g) ?? []
    expect(named.length).toBeGreaterThan(0)
    const known = (name: string) =>
      [name, name.replace(/_(?:count|sum|bucket)$/, '')].some((base) => shown.includes(`# TYPE ${base} `))
    expect(named.filter((name) => !known(name))).toEqual([])
  }
})

test('a dashboard has each panel once, in its place', () => {
  for (const source of dashboards) {
    const { panels } = dashboard.parse(JSON.parse(source))
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
  }
})

judgedBy('promtool', 'prometheus')('Prometheus understands every expression of the dashboards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-expressions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const expressions = dashboards.flatMap((source) =>
    dashboard.parse(JSON.parse(source)).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  )
  expect(expressions.length).toBeGreaterThan(20)
  const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }))
  writeFileSync(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }))
  accepted('promtool', 'check', 'rules', join(folder, 'rules.yml'))
})

const composeFiles = readdirSync(deploy).filter((file) => /^compose.*\.yml$/.test(file))
const given = { PUBLIC_URL: 'https://khatm.example.sa', IMAGE: 'khatm-server', DATABASE_URL: 'postgres://a@b/c' }

judgedBy('docker-compose', 'docker-compose').each(composeFiles)('Compose knows every key of %s', (file) => {
  acceptedWith(given, 'docker-compose', '--file', join(deploy, file), 'config', '--quiet')
})

/** Newer clients only: Debian's cannot read a stack without a swarm. */
const hasStack = spawnSync('docker', ['stack', 'config', '--help']).status === 0
if (!hasStack) console.warn('SKIPPED: stack.yml is read by a Docker client from version 23 on')
test.skipIf(!hasStack)('Docker knows every key of stack.yml', () => {
  acceptedWith(given, 'docker', 'stack', 'config', '--compose-file', join(deploy, 'stack.yml'))
})

test('the task of ECS has no key that ECS does not know, and one name for each volume', () => {
  const { containerDefinitions, volumes } = taskDefinition.parse(JSON.parse(text('ecs', 'task-definition.json')))
  const [server] = containerDefinitions
  expect(server?.mountPoints.map(({ sourceVolume }) => sourceVolume)).toEqual(volumes.map(({ name }) => name))
  expect(server).toMatchObject({ readonlyRootFilesystem: true, user: '1000' })
  const names = [...(server?.environment ?? []), ...(server?.secrets ?? [])].map(({ name }) => name)
  expect(names.filter((name) => !settingNames.includes(name))).toEqual([])
})

describe('the settings of', () => {
  const service = z.looseObject({ environment: z.record(z.string(), z.unknown()).default({}) })
  const services = z.looseObject({ services: z.record(z.string(), service) })

  test.each([...composeFiles, 'services.yml', 'stack.yml'])('%s are settings of the server', (file) => {
    const { services: all } = services.parse(parse(text(file), { merge: true }))
    const names = ['server', 'blue', 'green'].flatMap((name) => Object.keys(all[name]?.environment ?? {}))
    // Read by the driver of the database itself, and by `npm run dev`.
    const others = ['PGPASSFILE', 'PAGES_HOST']
    expect(names.filter((name) => !settingNames.includes(name) && !others.includes(name))).toEqual([])
  })

  test('the server have a row in the documents, all of them', () => {
    const pages = text('README.md') + text('..', 'docs', 'operations.md')
    const rows = pages.match(/^\| `.*$/gm) ?? []
    const listed = rows.flatMap((row) => (row.split('|')[1] ?? '').match(/[A-Z][A-Z0-9_]+/g) ?? [])
    const missing = settingNames.filter(
      (name) => !listed.some((one) => one === name || (one.endsWith('_') && name.startsWith(one))),
    )
    expect(missing).toEqual([])
  })
})

test("a password is nobody's to read but the user's who needs it", () => {
  const folder = mkdtempSync(join(tmpdir(), 'khatm-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const own = text('make-secrets.sh').replace(/^chown .*$/gm, '')
  const make = () => spawnSync('sh', ['-s', folder], { input: own, encoding: 'utf8' })
  expect(make()).toMatchObject({ status: 0, stderr: '' })
  const read = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((file) => statSync(file).isFile())
      .map((file) => `${file} ${statSync(file).mode & 0o777} ${readFileSync(file, 'utf8')}`)
  const first = read()
  expect(first).toHaveLength(9)
  expect(first.filter((line) => !line.includes(' 384 '))).toEqual([])
  expect(make()).toMatchObject({ status: 0 })
  expect(read()).toEqual(first)
})
