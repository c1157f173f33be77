/** The image as the Dockerfile makes it: what is in it, what is not, and the command line inside. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { docker } from './engine.ts'
import { SERVER } from './images.ts'
import { measured } from './office.ts'

const root = resolve(import.meta.dirname, '../..')
const host = inject('host')

describe.skipIf(host === '')('the image', () => {
  const inside = (script: string): Promise<string> =>
    docker(host, 'run', '--rm', '--network', 'none', '--user', '0', '--entrypoint', 'sh', SERVER, '-c', script)
  const list = async (script: string): Promise<readonly string[]> => (await inside(script)).split('\n').filter(Boolean)

  test('has one Node and no tool that installs, compiles or fetches', async () => {
    await measured('image', { megabytes: Math.round(inject('size') / 1e6) })
    expect(await list('find / -xdev -type f -name "node*" -perm -100 -size +20M')).toEqual(['/usr/local/bin/node'])
    const tools = ['npm', 'npx', 'corepack', 'yarn', 'gcc', 'g++', 'cc', 'make', 'python3', 'git', 'curl', 'wget']
    expect(await list(`for tool in ${tools.join(' ')}; do command -v $tool; done; true`)).toEqual([])
    expect(await list('find / -xdev -type f -perm /6000')).toEqual([])
  })

  test('has the packages that the server runs on and no others', async () => {
    const lock = z.object({ packages: z.record(z.string(), z.looseObject({})) })
    const { packages } = lock.parse(JSON.parse(readFileSync(resolve(root, 'package-lock.json'), 'utf8')))
    const names = await list('cd /app && find node_modules -name package.json -path "*node_modules/*" -prune -print')
    const folders = new Set(
      names.map((file) => file.replace(/\/package\.json$/, '')).filter((path) => path in packages),
    )
    expect(folders.size).toBeGreaterThan(50)
    const isElsewhere = (path: string) =>
      ['dev', 'optional', 'devOptional'].some((mark) => packages[path]?.[mark] === true)
    expect([...folders].filter(isElsewhere)).toEqual([])
    expect(folders).not.toContain('node_modules/electron-updater')
    expect(folders).toContain('node_modules/fastify')
    expect(await list('ls /app/node_modules/better-sqlite3/prebuilds')).toHaveLength(1)
  })

  test('has only what the server needs of the project', async () => {
    const folders = [
      'cli',
      'core',
      'deploy',
      'dist',
      'migrations',
      'node_modules',
      'package.json',
      'practice',
      'server',
    ]
    expect(await list('ls /app')).toEqual(folders)
    expect(await list('ls /app/deploy')).toEqual(['switch'])
  })

  test.each(['backup', 'restore', 'migrate', 'audit', 'keys', 'move', 'reconcile', 'verify-archive', 'practice'])(
    'runs khatm %s',
    async (command) => {
      const help = await docker(host, 'run', '--rm', '--read-only', '--entrypoint', 'khatm', SERVER, command, '--help')
      expect(help).toContain(`khatm ${command}`)
    },
  )

  test('refuses settings that contradict each other, and says what to change', async () => {
    const contradiction = ['--env', 'ENVIRONMENT_NAME=production', '--env', 'DEBUG=true']
    await expect(docker(host, 'run', '--rm', '--read-only', ...contradiction, SERVER)).rejects.toThrow('remove DEBUG')
  })
})
