/** `npm run dev`: the server on port 8080 and, in front of it, vite with hot reload, which passes `/api` on. */
import { join } from 'node:path'
import { createServer } from 'vite'
import { serve } from './main.ts'

const root = join(import.meta.dirname, '..')
const server = await serve({ environment: { DEBUG: 'true', ...process.env }, pages: undefined })
if (server !== undefined) {
  const vite = await createServer({
    root: join(root, 'renderer'),
    configFile: join(root, 'vite.config.ts'),
    server: { host: '127.0.0.1', proxy: { '/api': server.url } },
  })
  await vite.listen()
  vite.printUrls()
}
