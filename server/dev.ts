/** `npm run dev`: the server on port 8080 and, in front of it, vite with hot reload, which passes `/api` on. */
import { join } from 'node:path'
import { createServer } from 'vite'
import { printInvitation } from './first-account.ts'
import { serve } from './main.ts'

const root = join(import.meta.dirname, '..')
/** The pages are vite's, so that is where the link has to lead. */
const invite = () => undefined
const server = await serve({ environment: { DEBUG: 'true', ...process.env }, pages: undefined, invite })
if (server !== undefined) {
  const vite = await createServer({
    root: join(root, 'renderer'),
    configFile: join(root, 'vite.config.ts'),
    // In a container the machine around it has to get in.
    server: { host: process.env['PAGES_HOST'] ?? '127.0.0.1', proxy: { '/api': server.url } },
  })
  await vite.listen()
  vite.printUrls()
  printInvitation(vite.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? server.address, server.setUpToken)
}
