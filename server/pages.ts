/** The built pages: files that never change under their hashed names, and the start page for whoever comes with another address. */
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
    if (folder === undefined || request.url === '/' || !isPageRequest(request)) throw new Failure('request/not-found')
    return reply.redirect('/')
  })
}

/** A person with an old or mistyped address; the app's own addresses stand behind `#`. A missing file or route stays missing. */
const isPageRequest = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
