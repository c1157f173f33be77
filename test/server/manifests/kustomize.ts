/**
 * Builds a kustomization as far as ours go: resources, a namespace, a suffix and labels for names, and JSON patches. Any other key is refused,
 * so that nothing is passed over in silence; where `kubectl` is at hand a test compares.
 */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'

export type Manifest = z.infer<typeof manifest>
export const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
})

const operations = z.array(
  z.strictObject({ op: z.enum(['add', 'replace', 'remove']), path: z.string(), value: z.unknown().optional() }),
)
const kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  resources: z.array(z.string()),
  namespace: z.string().optional(),
  nameSuffix: z.string().optional(),
  labels: z
    .array(z.strictObject({ pairs: z.record(z.string(), z.string()), includeSelectors: z.literal(true) }))
    .default([]),
  patches: z
    .array(z.strictObject({ target: z.strictObject({ kind: z.string(), name: z.string() }), patch: z.string() }))
    .default([]),
})

export const manifestsIn = (text: string): readonly Manifest[] =>
  parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    const value: unknown = document.toJS()
    return value === null ? [] : [manifest.parse(value)]
  })

/** Every object of the folder, in the order of its resources. */
export const kustomized = (folder: string): readonly Manifest[] => {
  const plan = kustomization.parse(parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')))
  const objects = plan.resources.flatMap((resource) => {
    const path = join(folder, resource)
    return statSync(path).isDirectory() ? kustomized(path) : manifestsIn(readFileSync(path, 'utf8'))
  })
  for (const { target, patch } of plan.patches) {
    const chosen = objects.filter(({ kind, metadata }) => kind === target.kind && metadata.name === target.name)
    if (chosen.length === 0) throw new Error(`${folder}: no ${target.kind} ${target.name} to patch`)
    for (const object of chosen) for (const operation of operations.parse(parse(patch))) apply(object, operation)
  }
  return objects.map((object) => named(object, plan))
}

const named = (object: Manifest, { namespace, nameSuffix = '', labels }: z.infer<typeof kustomization>): Manifest => {
  const metadata = { ...object.metadata, name: object.metadata.name + nameSuffix }
  const isOfNamespace = namespace !== undefined && object.kind !== 'Namespace'
  const moved = { ...object, metadata: isOfNamespace ? { ...metadata, namespace } : metadata }
  for (const { pairs } of labels) for (const [key, value] of Object.entries(pairs)) label(moved, key, value)
  return moved
}

/** Where kustomize puts a label that belongs to selectors; of the kinds that are suffixed here, a Deployment has all three. */
const label = (object: Manifest, key: string, value: string): void => {
  const places = ['metadata/labels', 'spec/selector/matchLabels', 'spec/template/metadata/labels']
  for (const place of places) apply(object, { op: 'add', path: `/${place}/${key.replace('/', '~1')}`, value })
}

/** RFC 6902 on objects and list positions. */
const apply = (object: unknown, { op, path, value }: z.infer<typeof operations>[number]): void => {
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = steps.pop() ?? ''
  const parent = steps.reduce<unknown>((at, step) => holder(at, path)[step], object)
  const held = holder(parent, path)
  if (op !== 'add' && !(last in held)) throw new Error(`${path} is not there`)
  if (op === 'remove') delete held[last]
  else held[last] = value
}

const holder = (at: unknown, path: string): Record<string, unknown> => {
  if (typeof at !== 'object' || at === null) throw new Error(`${path} leads nowhere`)
  return at as Record<string, unknown>
}
