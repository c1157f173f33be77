/** `npm test`: lint, types, unit and integration tests, the same signing tests under bun, and the browser walk; ends with one count. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { provide } from './provide.ts'

interface Step {
  readonly name: string
  readonly command: readonly string[]
  /** A vitest JSON report to count; a step without one counts as one test. */
  readonly report?: string
  readonly needsBrowser?: boolean
}

const root = resolve(import.meta.dirname, '..')
const results = join(root, 'test-results')
const vitest = (name: string, ...options: string[]): Step => ({
  name,
  command: [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${join(results, `${name}.json`)}`,
    ...options,
  ],
  report: join(results, `${name}.json`),
})

/** The tests that must not lean on OpenSSL: Electron's crypto has no secp256k1, and neither has bun's. */
const withoutOpenssl = ['test/zatca/signing.test.ts', 'test/zatca/certificate.test.ts']

const steps: readonly Step[] = [
  { name: 'lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['node', 'test/types.ts'] },
  { name: 'build', command: ['npm', 'run', '--silent', 'build'] },
  vitest('tests'),
  { name: 'bun', command: ['bun', 'test', ...withoutOpenssl] },
  { ...vitest('e2e', '--config', 'test/e2e/vitest.config.ts'), needsBrowser: true },
]

/** What the step `build` has made need not be made again; and the many processes that the tests start compile the same program. */
const env = { ...process.env, KHATM_BUILT: 'yes', NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'tests') }

const count = (step: Step, ok: boolean): { passed: number; failed: number; skipped: number } => {
  if (step.report === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
  const report = JSON.parse(readFileSync(step.report, 'utf8'))
  const failed = report.numFailedTests + (ok || report.numFailedTests > 0 ? 0 : 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests }
}

const run = (step: Step, hasBrowser: boolean): { passed: number; failed: number; skipped: number } => {
  console.log(`\n== ${step.name}`)
  if (step.needsBrowser === true && !hasBrowser) {
    console.warn(
      `SKIPPED: ${step.name} needs a browser: install the package chromium (Debian, Ubuntu) or set CHROMIUM_PATH`,
    )
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const [command = '', ...options] = step.command
  const { status } = spawnSync(command, options, { cwd: root, stdio: 'inherit', env })
  return count(step, status === 0)
}

rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const hasBrowser = provide()
const counts = steps.map((step) => run(step, hasBrowser))
const sum = (key: 'passed' | 'failed' | 'skipped'): number => counts.reduce((total, each) => total + each[key], 0)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
process.exitCode = sum('failed') === 0 ? 0 : 1
