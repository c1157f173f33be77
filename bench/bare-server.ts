/** A Fastify server with one route and nothing else: what the health route of the office server is compared with. */
import Fastify from 'fastify'

const app = Fastify()
app.get('/health', () => ({ status: 'ok' }))
await app.listen({ host: '127.0.0.1', port: Number(process.argv[2]) })
