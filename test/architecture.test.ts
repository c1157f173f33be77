/** Holds the walls: every import of every file is allowed by the table in `walls.ts`, and the agreed top level stands. */
import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Wall, walls } from './walls.ts'

const root = resolve(import.meta.dirname, '..')
const importPattern =
  /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g

const sources = await Array.fromAsync(
  glob(
    [
      'core/**/*.{ts,tsx}',
      'practice/**/*.ts',
      'server/**/*.ts',
      'electron/**/*.ts',
      'cli/**/*.ts',
      'deploy/**/*.ts',
      'renderer/**/*.{ts,tsx}',
    ],
    { cwd: root },
  ),
)

const ownerOf = (file: string): Wall | undefined =>
  walls
    .filter((wall) => (wall.owner.endsWith('/') ? file.startsWith(wall.owner) : file === wall.owner))
    .sort((a, b) => b.owner.length - a.owner.length)[0]

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? '')

/** A project import as a path from the root, a package by its name. */
const target = (file: string, specifier: string): { own?: string; package?: string } => {
  if (specifier.startsWith('#')) return { own: specifier.slice(1) }
  if (specifier.startsWith('.')) return { own: relative(root, resolve(root, dirname(file), specifier)) }
  return { package: specifier }
}

const covers = (entry: string, path: string): boolean => (entry.endsWith('/') ? path.startsWith(entry) : path === entry)

const allowsOwn = (wall: Wall, path: string): boolean => [wall.owner, ...wall.own].some((entry) => covers(entry, path))

const allowsPackage = (wall: Wall, name: string): boolean =>
  wall.packages.some((entry) =>
    entry === 'node:*'
      ? name.startsWith('node:')
      : name === entry || name.startsWith(entry.endsWith('/') ? entry : `${entry}/`),
  )

const breaches = (file: string): string[] => {
  const wall = ownerOf(file)
  if (wall === undefined) return [`${file} stands in a folder that the table does not list`]
  return importsOf(file).flatMap((specifier) => {
    const { own, package: name } = target(file, specifier)
    const allowed = own === undefined ? allowsPackage(wall, name ?? '') : allowsOwn(wall, own)
    return allowed ? [] : [`${file} may not import ${specifier}`]
  })
}

describe('walls', () => {
  it('finds the sources', () => expect(sources.length).toBeGreaterThan(30))

  it('lets every file import only what the table allows', () => {
    expect(sources.flatMap(breaches)).toEqual([])
  })

  it('notices a forbidden import', () => {
    const wall = ownerOf('core/invoice/totals.ts')
    expect(wall && allowsOwn(wall, 'core/storage/sqlite.ts')).toBe(false)
    expect(wall && allowsPackage(wall, 'node:fs')).toBe(false)
  })

  it('keeps clocks, randomness and the process out of core/invoice and core/zatca', () => {
    const impure = /\b(Date\.now|new Date\(|Math\.random|randomUUID|process\.)/
    const found = sources.filter(
      (file) => /^core\/(invoice|zatca)\//.test(file) && impure.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(found).toEqual([])
  })

  it('opens every file with a sentence that says what it is for', () => {
    const silent = sources.filter((file) => !/^(#!.*\n)?\/\*\*/.test(readFileSync(join(root, file), 'utf8')))
    expect(silent).toEqual([])
  })

  it('keeps files short: 400 lines, tables aside', () => {
    const tables = /^core\/(messages|invoice\/codes)|^renderer\/i18n\//
    const long = sources.filter(
      (file) => !tables.test(file) && readFileSync(join(root, file), 'utf8').split('\n').length > 400,
    )
    expect(long).toEqual([])
  })
})

describe('top level', () => {
  const agreed = [
    'package.json',
    'electron-builder.yml',
    'tsconfig.json',
    'electron',
    'renderer',
    'core',
    'migrations',
    'server',
    'test',
    'Dockerfile',
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/dependencies.md',
    'cli',
    'practice',
    'examples',
    'bench',
  ]

  it('has what was agreed', () => expect(agreed.filter((path) => !existsSync(join(root, path)))).toEqual([]))

  it('justifies every dependency in one line', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
    const names = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    })
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  it('pins every dependency exactly', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const versions = Object.entries<string>({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    })
    expect(versions.filter(([, version]) => !/^\d/.test(version))).toEqual([])
  })
})
