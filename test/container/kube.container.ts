/**
 * The manifests of `deploy/kubernetes/base` as they are, run by `podman play kube`. Podman has no Jobs, so the migration is run from its manifest's
 * words; it mounts a Secret as it was given and readable for all, where a kubelet decodes it and gives it to the pod's group.
 */
import { chmod, chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { stringify } from 'yaml'
import { z } from 'zod'
import { callerAt, openUnit, startLoad, until, verifiedChain } from '../server/load.ts'
import { kustomized } from '../server/manifests/kustomize.ts'
import { run } from './commands.ts'
import { docker } from './engine.ts'
import { measured } from './office.ts'

const root = resolve(import.meta.dirname, '../..')
const host = inject('host')

describe.skipIf(host === '')('podman play kube', () => {
  let folder = ''
  const podman = (...words: readonly string[]) => {
    const own = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')]
    return run('podman', [...own, ...words], {
      env: { ...process.env, CONTAINERS_CONF: join(folder, 'containers.conf') },
    })
  }
  const secret = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 })
    await podman('secret', 'create', name, join(folder, name))
  }
  const addressOf = async (container: string): Promise<string> =>
    podman('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', container)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'khatm-podman-'))
    await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\n')
    const settings = [
      '[containers]',
      // Nothing of the machine: limits that it may not raise, and names that only this test knows.
      'default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]',
      `base_hosts_file = "${join(folder, 'hosts')}"`,
      'log_driver = "k8s-file"',
      '[engine]',
      'runtime = "runc"',
      'cgroup_manager = "cgroupfs"',
      'events_logger = "file"',
    ]
    await writeFile(join(folder, 'containers.conf'), settings.join('\n'))
    await docker(host, 'save', '--output', join(folder, 'images.tar'), 'khatm-server:latest', 'postgres:17-bookworm')
    await podman('load', '--quiet', '--input', join(folder, 'images.tar'))
    await podman('tag', 'khatm-server:latest', 'khatm-server:0.1.0')
    await run('sh', [join(root, 'deploy/make-secrets.sh'), join(folder, 'secrets')])
  })

  afterAll(async () => {
    await podman('pod', 'rm', '--all', '--force')
    await podman('rm', '--all', '--force', '--volumes')
    await podman('system', 'reset', '--force')
    await rm(folder, { recursive: true, force: true })
  })

  test('the pod of the Deployment runs restricted, issues, and proves its chain', async () => {
    const scripts = ['--volume', `${join(root, 'deploy/make-role.sh')}:/docker-entrypoint-initdb.d/make-role.sh:ro`]
    const secrets = ['--volume', `${join(folder, 'secrets/database')}:/run/secrets:ro`]
    const names = {
      POSTGRES_USER: 'khatm_owner',
      POSTGRES_DB: 'khatm',
      POSTGRES_PASSWORD_FILE: '/run/secrets/password',
    }
    const env = Object.entries(names).flatMap(([name, value]) => ['--env', `${name}=${value}`])
    const tls = ['ssl=on', 'ssl_cert_file=/run/secrets/server.crt', 'ssl_key_file=/run/secrets/server.key']
    const options = tls.flatMap((option) => ['-c', option])
    await podman(
      'run',
      '--detach',
      '--name',
      'database',
      ...scripts,
      ...secrets,
      ...env,
      'postgres:17-bookworm',
      'postgres',
      ...options,
    )
    const gateway = ['khatm', 'practice', '--host', '0.0.0.0']
    await podman('run', '--detach', '--name', 'practice', '--entrypoint', JSON.stringify(gateway), 'khatm-server:0.1.0')
    const hosts = await Promise.all(['database', 'practice'].map(async (name) => `${await addressOf(name)} ${name}`))
    await writeFile(join(folder, 'hosts'), `127.0.0.1 localhost\n${hosts.join('\n')}\n`)

    const file = (path: string) => readFile(join(folder, 'secrets', path), 'utf8')
    const url = async (user: string, password: string) =>
      `postgres://${user}:${await file(password)}@database:5432/khatm`.replace('\n', '')
    const authority = '?sslmode=verify-full&sslrootcert=/run/secrets/khatm/database-ca.crt'
    const urls = {
      'database-url': (await url('khatm', 'database/khatm-password')) + authority,
      'migration-database-url': (await url('khatm_owner', 'database/password')) + authority,
    }
    const trusted = ['--volume', `${join(folder, 'secrets/server')}:/run/secrets/khatm:ro`]
    await until(async () => {
      const settings = [
        `DATABASE_URL=${urls['database-url']}`,
        `MIGRATION_DATABASE_URL=${urls['migration-database-url']}`,
      ]
      const given = settings.flatMap((setting) => ['--env', setting])
      const [program = '', ...words] = migrationCommand()
      const migrated = await podman(
        'run',
        '--rm',
        ...given,
        ...trusted,
        '--entrypoint',
        program,
        'khatm-server:0.1.0',
        ...words,
      )
      return migrated.startsWith('schema 0')
    }, 'the migration')

    const encoded = Object.fromEntries(
      Object.entries(urls).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
    )
    await secret('khatm', JSON.stringify(encoded))
    const keys = {
      'key-encryption.key': await file('server/key-encryption.key'),
      'setup-token': await file('server/setup-token'),
      // Podman 4.3 reads a Secret either as settings or as files: the authority stands beside the keys here.
      'database-ca.crt': await file('server/database-ca.crt'),
    }
    await secret('khatm-keys', stringify({ data: keys }))
    await writeFile(join(folder, 'base.yaml'), withPractice())
    await podman('play', 'kube', join(folder, 'base.yaml'))
    await asKubeletMounts(join(folder, 'root/volumes/khatm-keys/_data'))

    const server =
      (await podman('ps', '--all', '--format', '{{.Names}}')).split('\n').find((name) => name.endsWith('-server')) ?? ''
    const pod = (await podman('inspect', '--format', '{{.Pod}}', server)) || server
    const infra = await podman('pod', 'inspect', '--format', '{{.InfraContainerID}}', pod)
    const front = `http://${await addressOf(infra)}:8080`
    try {
      await until(async () => (await fetch(`${front}/ready`)).ok, 'the pod')
    } catch (error) {
      throw new Error(await podman('logs', '--tail', '20', server), { cause: error })
    }
    const restricted = await podman(
      'inspect',
      '--format',
      '{{.HostConfig.ReadonlyRootfs}} {{.Config.User}} {{.EffectiveCaps}}',
      server,
    )
    expect(restricted).toBe('true 1000:1000 []')

    const caller = callerAt(front, await file('server/setup-token'))
    const unit = await openUnit(caller)
    const load = startLoad(caller, unit)
    await expect.poll(() => load.issued.size, { timeout: 60_000 }).toBeGreaterThan(20)
    await load.stop()
    expect(load.counts.failed).toBe(0)
    expect(await verifiedChain(caller, unit)).toEqual({ ok: true, documents: load.issued.size })
    await measured('podman play kube', { issued: load.issued.size, ...load.counts })
  })
})

const job = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ command: z.array(z.string()) })) }),
    }),
  }),
})

const base = () => kustomized(join(root, 'deploy/kubernetes/base'))

const migrationCommand = (): readonly string[] =>
  job.parse(base().find(({ kind }) => kind === 'Job')).spec.template.spec.containers[0]?.command ?? []

/** As `kubectl kustomize` prints it, with rehearsals allowed beside the rest. */
const withPractice = (): string =>
  base()
    .map((object) =>
      object.kind === 'ConfigMap'
        ? { ...object, data: { ...Object(object['data']), PRACTICE: 'true', PRACTICE_URL: 'http://practice:8085' } }
        : object,
    )
    .map((object) => stringify(object))
    .join('---\n')

/** Root's files, mode 0440, for the group of the pod; the container that was refused before is started again by its restart policy. */
const asKubeletMounts = async (volume: string): Promise<void> => {
  for (const name of await readdir(volume)) {
    await chown(join(volume, name), 0, 1000)
    await chmod(join(volume, name), 0o440)
  }
}
