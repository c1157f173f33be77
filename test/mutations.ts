/**
 * Takes away, one at a time, what keeps the books whole, in a copy of the project, and expects a test to notice: `npm run mutations`.
 * The table goes into `docs/reliability.md`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { type Mutation, mutations } from './mutation-table.ts'

const root = resolve(import.meta.dirname, '..')
const left = new Set(['node_modules', '.git', 'dist', 'data', 'demo-out', 'test-results', 'screenshots'])

const copyOfProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'khatm-mutation-'))
  cpSync(root, copy, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** Names of the tests that passed and failed. */
interface Verdict {
  readonly passed: readonly string[]
  readonly failed: readonly string[]
}

const run = (project: string, { file, names }: Mutation['test']): Verdict => {
  const report = join(project, 'report.json')
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const options = ['run', file, '--testNamePattern', names, '--reporter=json', `--outputFile=${report}`]
  spawnSync(process.execPath, [vitest, ...options], { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] })
  if (!existsSync(report)) throw new Error(`${file} did not run`)
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const results: readonly { status: string; fullName: string }[] = testResults.flatMap(
    (suite: { assertionResults: readonly object[] }) => suite.assertionResults,
  )
  const named = (status: string) => results.filter((result) => result.status === status).map(({ fullName }) => fullName)
  return { passed: named('passed'), failed: named('failed') }
}

const mutate = (project: string, { file, text, replacement }: Mutation): void => {
  const path = join(project, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(text).length !== 2) throw new Error(`${file} does not contain exactly once: ${text}`)
  writeFileSync(path, source.replace(text, replacement))
}

const tryOut = (mutation: Mutation): string => {
  const project = copyOfProject()
  try {
    const before = run(project, mutation.test)
    if (before.failed.length > 0 || before.passed.length === 0)
      throw new Error(`without a mutation: ${JSON.stringify(before)}`)
    mutate(project, mutation)
    const { failed } = run(project, mutation.test)
    console.log(`${failed.length === 0 ? 'NOT NOTICED' : 'noticed'}: ${mutation.removed}`)
    if (failed.length === 0) process.exitCode = 1
    const noticed = failed.length === 0 ? '**nobody**' : failed.map((name) => `"${name}"`).join(', ')
    return `| ${mutation.removed} | \`${mutation.file}\` | \`${mutation.test.file}\`: ${noticed} |`
  } finally {
    rmSync(project, { recursive: true, force: true })
  }
}

const section = (rows: readonly string[]): string =>
  [
    '## Mutations',
    '',
    'A guard that can be taken away without a test failing is no guard. `npm run mutations` takes each of these away in a copy of the',
    'project, runs the named tests (which pass before), expects them to fail, and writes this table.',
    '',
    '| taken away | in | noticed by |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')

/** The section is replaced where it stands, or put at the end. */
const write = (rows: readonly string[]): void => {
  const file = join(root, 'docs', 'reliability.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Reliability\n'
  const parts = before.split(/^(?=## )/m)
  const others = parts.filter((part) => !part.startsWith('## Mutations'))
  const place = parts.findIndex((part) => part.startsWith('## Mutations'))
  const written = others.toSpliced(place < 0 ? others.length : place, 0, section(rows))
  writeFileSync(file, written.map((part) => `${part.trimEnd()}\n`).join('\n'))
}

write(mutations.map(tryOut))
