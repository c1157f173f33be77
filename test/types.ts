/** Type-checks every part with its own tsconfig, so that a DOM type in core or a Node type in the renderer does not compile. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const { references } = JSON.parse(readFileSync(resolve(root, 'tsconfig.json'), 'utf8')) as {
  references: { path: string }[]
}

const failed = references.filter(
  ({ path }) => spawnSync('tsc', ['-p', path], { cwd: root, stdio: 'inherit' }).status !== 0,
)
if (failed.length > 0) {
  console.error(`Types: ${failed.map(({ path }) => path).join(', ')}`)
  process.exitCode = 1
}
