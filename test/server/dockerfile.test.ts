/** Reads the Dockerfile for what must not get lost: it cannot be built on every machine that runs the tests. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n')
const starting = (word: string): string[] => lines.filter((line) => line.startsWith(word))
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))

describe('Dockerfile', () => {
  it('stands on one slim base, and its last stage on nothing', () => {
    const bases = starting('FROM').map((line) => line.split(' ')[1])
    expect(bases.pop()).toBe('scratch')
    expect(new Set(bases)).toEqual(new Set(['node:24-bookworm-slim']))
  })

  it('runs as an unprivileged user', () => {
    expect(lastStage.filter((line) => line.startsWith('USER '))).toEqual(['USER node'])
  })

  it('starts node itself, so that signals reach it', () => {
    expect(starting('ENTRYPOINT')).toEqual(['ENTRYPOINT ["node", "server/main.ts"]'])
    expect(starting('CMD')).toEqual([])
  })

  it('keeps a process inside the memory that is promised: 150 MB idle, 512 MB under load', () => {
    expect(lastStage).toContain('ENV NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=256"')
  })

  it('asks its own health without a tool that the image does not have', () => {
    const check = lines.slice(lines.findIndex((line) => line.startsWith('HEALTHCHECK'))).join('\n')
    expect(check).toContain('"node", "-e", "fetch(')
    expect(check).toContain('/api/v1/health')
    expect(lines.join('\n')).not.toMatch(/\b(curl|wget)\b/)
  })

  it('leaves the tool chain behind', () => {
    expect(lines).toContain('RUN npm ci --omit=dev --omit=optional --ignore-scripts')
    expect(lastStage.join('\n')).not.toContain('npm')
  })

  it('leaves behind what only debuggers and compilers read', () => {
    const left = lines.find((line) => line.startsWith(' && find node_modules -type f '))
    for (const ending of ['.map', '.d.ts', '.d.mts', '.d.cts']) expect(left).toContain(`-name '*${ending}'`)
    expect(left).toMatch(/ -delete$/)
  })

  it('copies only folders that exist and that the build context lets through', () => {
    const copied = starting('COPY')
      .filter((line) => !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1))
    const context = readFileSync(join(root, '.dockerignore'), 'utf8')
    expect(copied.filter((path) => !context.includes(`!${path}\n`))).toEqual([])
  })
})
