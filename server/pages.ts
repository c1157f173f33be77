/** The built pages: files that never change under their hashed names, and one start page for every address of the app. */
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Failure } from '#core/errors.ts'

const year = 'public, max-age=31536000, immutable'

/** `folder` is the built renderer; without it only unknown addresses are answered. */
export const pageRoutes = async (app: FastifyInstance, folder: string | undefined): Promise<void> => {
  if (folder !== undefined) {
    const hashed = join(folder, 'assets') + sep
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, file) => void reply.header('cache-control', file.startsWith(hashed) ? year : 'no-cache'),
    })
  }
  app.setNotFoundHandler((request, reply) => {
    if (folder === undefined || !isPageRequest(request)) throw new Failure('request/not-found')
    return reply.sendFile('index.html')
  })
}

/** The app has its own addresses (`/invoices/17`); a missing file or API route is not one of them. */
const isPageRequest = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
