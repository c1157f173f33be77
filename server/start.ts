/** `npm start`: the office server for one machine, on SQLite in `data/` with the practice gateway inside; builds the pages when needed. */
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { printInvitation } from './first-account.ts'
import { builtPages, serve } from './main.ts'

const root = join(import.meta.dirname, '..')
const sources = [
  'renderer/**/*',
  'core/{api,invoice,messages}/**/*.ts',
  'core/*.ts',
  'vite.config.ts',
  'package-lock.json',
]

const newest = (patterns: readonly string[]): number =>
  Math.max(...globSync([...patterns], { cwd: root }).map((file) => statSync(join(root, file)).mtimeMs))

const arePagesFresh = (): boolean => {
  const page = join(builtPages, 'index.html')
  return existsSync(page) && statSync(page).mtimeMs >= newest(sources)
}

if (!arePagesFresh())
  await build({ root: join(root, 'renderer'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
await serve({
  environment: process.env,
  pages: builtPages,
  logFile: join(process.env['DATA_DIR'] ?? 'data', 'server.log'),
  invite: ({ address, setUpToken }) => {
    console.log(`Khatm is ready at ${address} (stop with Ctrl+C)`)
    console.log(`ختم جاهز على العنوان ${address} (للإيقاف اضغط Ctrl+C)`)
    printInvitation(address, setUpToken)
  },
})
