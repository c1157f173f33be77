/**
 * The manifests for a cluster: Kubernetes' own schema refuses an unknown key, every pod is restricted, no secret is inside, and the chart says
 * the same as the kustomizations.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { settingNames } from '../../server/config.ts'
import { kustomized, type Manifest, manifestsIn } from './manifests/kustomize.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'deploy', 'kubernetes')
const chart = join(root, 'deploy', 'helm', 'khatm')
const overlays = ['base', 'single', 'ha', 'blue-green', 'canary'] as const
const require = createRequire(import.meta.url)

const keyed = (objects: readonly Manifest[]) =>
  Object.fromEntries(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object]))

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
if (!hasKubectl) console.warn('SKIPPED: kubectl compares its kustomize with ours (any kubectl from 1.27 on the PATH)')

describe.each(overlays)('%s', (overlay) => {
  const objects = kustomized(join(folder, overlay))

  test.skipIf(!hasKubectl)('is what kubectl makes of it', () => {
    const { stdout, stderr } = spawnSync('kubectl', ['kustomize', join(folder, overlay)], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(keyed(objects)).toEqual(keyed(manifestsIn(stdout)))
  })

  test('has no secret in it, and every name it mentions', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
    const text = JSON.stringify(objects)
    const names = (kind: string) => objects.flatMap((object) => (object.kind === kind ? [object.metadata.name] : []))
    const mentioned = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ''))
    expect(names('ConfigMap')).toEqual(expect.arrayContaining([...mentioned(/"configMapRef":\{"name":"([^"]+)"/g)]))
    expect(names('PersistentVolumeClaim')).toEqual(expect.arrayContaining([...mentioned(/"claimName":"([^"]+)"/g)]))
    expect(names('Service')).toEqual(
      expect.arrayContaining([...mentioned(/"backend":\{"service":\{"name":"([^"]+)"/g)]),
    )
    expect(names('Deployment')).toEqual(
      expect.arrayContaining([...mentioned(/"kind":"Deployment","name":"([^"]+)"\},"minReplicas"/g)]),
    )
  })

  test('restricts every pod', () => {
    const pods = objects.flatMap((object) => (isWorkload(object) ? [object.spec.template.spec] : []))
    expect(pods.length).toBeGreaterThan(1)
    for (const pod of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      })
      for (const container of pod.containers) {
        expect(container).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          resources: { limits: { memory: expect.any(String), cpu: expect.any(String) } },
        })
      }
    }
  })

  test('sets what the server knows', () => {
    const settings = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'khatm')
    expect(Object.keys(settings?.['data'] ?? {}).filter((name) => !settingNames.includes(name))).toEqual([])
    const named = [...JSON.stringify(objects).matchAll(/"name":"([A-Z_]+)","valueFrom"/g)].map((match) => match[1])
    expect(named.length).toBeGreaterThan(2)
    expect(named.filter((name) => name !== undefined && !settingNames.includes(name))).toEqual([])
  })
})

interface Workload extends Manifest {
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly name: string }[] } }
  }
}
const isWorkload = (object: Manifest): object is Manifest & Workload =>
  ['Deployment', 'StatefulSet', 'Job'].includes(object.kind)

/** Each object as a literal of the type that Kubernetes' schema gives it: the compiler refuses what the schema does not know. */
const asTypes = (objects: readonly Manifest[]): string =>
  objects
    .map(({ apiVersion, kind, ...rest }, index) => {
      const type = `import('kubernetes-models/${apiVersion}').I${kind}`
      return `export const object${index}: ${type} = ${JSON.stringify({ apiVersion, kind, ...rest })}`
    })
    .join('\n')

const complaints = (objects: readonly Manifest[]): string => {
  const cache = join(root, 'node_modules', '.cache')
  mkdirSync(cache, { recursive: true })
  const scratch = mkdtempSync(join(cache, 'manifests-'))
  onTestFinished(() => rmSync(scratch, { recursive: true }))
  writeFileSync(join(scratch, 'manifests.ts'), asTypes(objects))
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: 'nodenext', types: [] }
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['manifests.ts'] }))
  return spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', scratch], { encoding: 'utf8' }).stdout
}

const serverLabels = { 'app.kubernetes.io/name': 'khatm' }

describe("Kubernetes' schema", () => {
  const all = overlays.flatMap((overlay) => kustomized(join(folder, overlay)))

  test('knows every key of every manifest, and the compiler every type', () => {
    expect(complaints(all)).toBe('')
  })

  test('knows every key of the policy that the guide shows, and it holds for the pods of the server', () => {
    const [, shown = ''] =
      /```\n(apiVersion: [\s\S]*?)```/.exec(readFileSync(join(root, 'deploy', 'README.md'), 'utf8')) ?? []
    const [policy] = manifestsIn(shown)
    expect(policy).toMatchObject({ kind: 'NetworkPolicy', spec: { podSelector: { matchLabels: serverLabels } } })
    expect(complaints(manifestsIn(shown))).toBe('')
    for (const { spec } of all.filter(isWorkload).filter(({ kind }) => kind === 'Deployment'))
      expect(spec).toMatchObject({ template: { metadata: { labels: serverLabels } } })
  })

  test('refuses a key that it does not know, however deep', () => {
    const [deployment] = all.filter(({ kind }) => kind === 'Deployment')
    const broken = JSON.stringify(deployment).replace('"readOnlyRootFilesystem"', '"readOnlyRootFileSystem"')
    expect(complaints(manifestsIn(broken))).toMatch(/readOnlyRootFileSystem.* does not exist in type/)
  })

  test('accepts every value', () => {
    for (const object of all) {
      const models = require(`kubernetes-models/${object.apiVersion}`)
      const model = new models[object.kind](object)
      expect(() => model.validate(), `${object.kind} ${object.metadata.name}`).not.toThrow()
    }
  })
})

describe('the chart', () => {
  const values = (name: string) => parse(readFileSync(join(chart, name), 'utf8'))
  const accepts = new Ajv().compile(JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8')))
  const ha = { ...values('values.yaml') }
  for (const [key, value] of Object.entries(values('values-ha.yaml'))) ha[key] = { ...ha[key], ...Object(value) }

  test.each([
    ['its own values', values('values.yaml'), true],
    ['those of several replicas', ha, true],
    ['a key that it does not know', { ...values('values.yaml'), replica: 2 }, false],
    ['a deep key that it does not know', { ...ha, image: { ...ha.image, name: 'x' } }, false],
    ['a secret among the settings', { ...ha, settings: { KEY_PASSPHRASE: 'open sesame' } }, false],
    ['three replicas on the volume of one node', { ...values('values.yaml'), replicas: 3 }, false],
  ])('judges %s', (_name, given, good) => {
    expect(accepts(given), JSON.stringify(accepts.errors)).toBe(good)
  })

  test('takes no value that its templates do not use, and gives each one', () => {
    const templates = readdirSync(join(chart, 'templates')).map((file) =>
      readFileSync(join(chart, 'templates', file), 'utf8'),
    )
    const unused = Object.entries<object>(values('values.yaml')).flatMap(([name, value]) =>
      typeof value === 'object' && !['settings', 'resources'].includes(name)
        ? Object.keys(value).map((key) => `${name}.${key}`)
        : [name],
    )
    expect(unused.filter((path) => !templates.some((text) => text.includes(`.Values.${path}`)))).toEqual([])
  })

  const sprig = '/usr/share/gocode/src/github.com/Masterminds/sprig'
  const canRender = existsSync(sprig) && spawnSync('go', ['version']).status === 0
  if (!canRender) {
    const packages = 'golang-go golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev'
    console.warn(`SKIPPED: the chart is rendered by Go with sprig (Debian: apt-get install ${packages})`)
  }
  const rendered = (...files: readonly string[]): readonly Manifest[] => {
    const words = [
      'run',
      join(import.meta.dirname, 'manifests', 'render.go'),
      chart,
      ...files.map((file) => join(chart, file)),
    ]
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode' }
    const { status, stdout, stderr } = spawnSync('go', words, { encoding: 'utf8', env })
    expect(status, stderr).toBe(0)
    return manifestsIn(stdout)
  }
  /** What only Helm reads, and the namespace, which it takes from the command line. */
  const withoutHelm = (objects: readonly Manifest[]) =>
    keyed(
      objects.map(({ metadata, ...object }) => {
        const { annotations = {}, namespace: _namespace, ...rest } = metadata
        const others = Object.entries(Object(annotations)).filter(([name]) => !name.startsWith('helm.sh/'))
        return {
          ...object,
          metadata: { ...rest, ...(others.length > 0 && { annotations: Object.fromEntries(others) }) },
        }
      }),
    )

  test.skipIf(!canRender).each([
    ['base', []],
    ['ha', ['values-ha.yaml']],
  ])('says the same as the kustomization %s', { timeout: 120_000 }, (overlay, files) => {
    expect(withoutHelm(rendered(...files))).toEqual(withoutHelm(kustomized(join(folder, overlay))))
  })
})
