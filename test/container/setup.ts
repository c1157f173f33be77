/** Once for all container tests: the engine, the images, and the figures that they leave in `test-results/containers.json`. */
import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { obstacle, startEngine } from './engine.ts'
import { buildImages } from './images.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the engine; empty when there is none */
    readonly host: string
    /** Of the server's image, in bytes */
    readonly size: number
  }
}

const results = resolve(import.meta.dirname, '../../test-results')

export default async (project: TestProject) => {
  const reason = await obstacle()
  if (reason !== undefined) {
    console.warn(`SKIPPED: everything in containers ${reason}`)
    project.provide('host', '')
    project.provide('size', 0)
    return undefined
  }
  await mkdir(results, { recursive: true })
  const engine = await startEngine()
  project.provide('host', engine.host)
  const size = await buildImages(engine.host).catch(async (error) => {
    await engine.close()
    throw error
  })
  console.log(`The image: ${Math.round(size / 1e6)} MB`)
  project.provide('size', size)
  await writeFile(resolve(results, 'containers.jsonl'), '')
  return () => engine.close()
}
