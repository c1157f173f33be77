/** The files in `deploy/`: read by the programs they are for, and every setting and metric in them is one the server knows. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { settingNames } from '../../server/config.ts'
import { createMetrics } from '../../server/metrics.ts'
import { openOffice } from '../access/office.ts'

const deploy = resolve(import.meta.dirname, '../../deploy')
const text = (...path: readonly string[]): string => readFileSync(join(deploy, ...path), 'utf8')

/** Runs the program that reads the file; a program that is not here says how to get it. */
const judgedBy = (program: string, debian: string) => {
  const isHere = spawnSync(program, ['--help']).error === undefined
  if (!isHere) console.warn(`SKIPPED: ${program} reads what deploy/ gives it (Debian: apt-get install ${debian})`)
  return test.skipIf(!isHere)
}
const accepted = (program: string, ...options: readonly string[]): void => {
  const { status, stdout, stderr } = spawnSync(program, options, { encoding: 'utf8' })
  expect(status, `${stdout}${stderr}`).toBe(0)
}

judgedBy('haproxy', 'haproxy')('HAProxy accepts its configuration', () => {
  accepted('haproxy', '-c', '-f', join(deploy, 'haproxy.cfg'))
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

test('every alert is a metric of a running server', async () => {
  const office = await openOffice()
  onTestFinished(() => office.close())
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const shown = await createMetrics(office.storage, silent).scrape()
  const named = text('prometheus', 'alerts.yml').match(/khatm_\w+/g) ?? []
  expect(named.length).toBeGreaterThan(5)
  const known = (name: string) => shown.includes(`# TYPE ${name.replace(/_(?:count|sum|bucket)$/, '')} `)
  expect(named.filter((name) => !known(name))).toEqual([])
})

describe('the settings of', () => {
  test.each(['compose.yml', 'compose.ha.yml'])('%s are settings of the server', (file) => {
    const [, service = ''] = /^ {2}server:\n((?: {4}.*\n|\n)+)/m.exec(text(file)) ?? []
    const [, block = ''] = /^ {4}environment:\n((?: {6}.*\n)+)/m.exec(service) ?? []
    const names = [...block.matchAll(/^ {6}([A-Z_]+):/gm)].map((match) => match[1] ?? '')
    expect(names.length).toBeGreaterThan(2)
    // Read by the driver of the database itself.
    const driver = ['PGPASSFILE']
    expect(names.filter((name) => !settingNames.includes(name) && !driver.includes(name))).toEqual([])
  })
})
