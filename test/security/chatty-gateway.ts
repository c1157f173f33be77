/** A gateway in front of the practice one that says too much, breaks off, or is not there: what real ones do on their worst days. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { startPractice } from '#practice/index.ts'

/** `repeat`: an error page with everything that was sent; `refuse`: the same with 401; `cut`: the true answer, half of it; `gone`: nothing. */
export type Mood = 'pass' | 'repeat' | 'refuse' | 'cut' | 'gone'

export interface ChattyGateway {
  readonly url: string
  readonly baseUrls: { readonly practice: string }
  mood: Mood
  close(): Promise<void>
}

export const startChattyGateway = async (): Promise<ChattyGateway> => {
  const practice = await startPractice()
  const base = new URL(practice.baseUrls.practice).pathname
  const server = createServer(async (request, response) => {
    const body = await textOf(request)
    // What a rehearsal orders beside the gateway (an OTP) always works.
    const mood = request.url?.startsWith(base) ? gateway.mood : 'pass'
    if (mood === 'gone') return void request.socket.destroy()
    if (mood === 'repeat' || mood === 'refuse') return repeat(request, response, body, mood === 'refuse' ? 401 : 500)
    await forward(practice.url, request, response, body, mood === 'cut')
  })
  const url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    })
  })
  const gateway: ChattyGateway = {
    url,
    baseUrls: { practice: url + base },
    mood: 'pass',
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await practice.close()
    },
  }
  return gateway
}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

const repeat = (request: IncomingMessage, response: ServerResponse, body: string, status: number): void => {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(`<pre>${JSON.stringify(request.headers)}\n${body}</pre>`)
}

const forward = async (
  to: string,
  { url = '/', method = 'GET', headers }: IncomingMessage,
  response: ServerResponse,
  body: string,
  half: boolean,
): Promise<void> => {
  const { host: _host, connection: _connection, 'content-length': _length, ...passed } = headers
  const given = Object.entries(passed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
  const answer = await fetch(to + url, {
    method,
    headers: Object.fromEntries(given),
    body: method === 'GET' ? null : body,
    redirect: 'manual',
  })
  const text = await answer.text()
  const kept = half ? text.slice(0, Math.floor(text.length * 0.9)) : text
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  response.end(kept)
}
