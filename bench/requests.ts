/** A client that costs next to nothing: the same request again and again on connections that stay open, and answers counted by their length. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const separator = '\r\n\r\n'

/** Answered requests within so many seconds; throws when one was not answered with 200. */
export const askFor = async (url: URL, seconds: number, connections: number): Promise<number> => {
  const request = Buffer.from(`GET ${url.pathname} HTTP/1.1\r\nHost: ${url.host}${separator}`)
  const until = performance.now() + seconds * 1000
  const asked = await Promise.all(
    Array.from({ length: connections }, async () => askOn(await opened(url), request, until)),
  )
  return asked.reduce((sum, count) => sum + count, 0)
}

const opened = async ({ hostname, port }: URL): Promise<Socket> => {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** One request at a time; the next one goes out when the answer is whole. */
const askOn = (socket: Socket, request: Buffer, until: number): Promise<number> =>
  new Promise((done, failed) => {
    let answered = 0
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const head = text.indexOf(separator)
      if (head < 0 || text.length < head + separator.length + bodyLength(text)) return
      if (!text.startsWith('HTTP/1.1 200')) failed(new Error(text.slice(0, 200)))
      text = ''
      answered += 1
      if (performance.now() < until) socket.write(request)
      else socket.end(() => done(answered))
    })
    socket.on('error', failed)
    socket.write(request)
  })

const bodyLength = (text: string): number => {
  const [, length] = /content-length: (\d+)/i.exec(text) ?? []
  if (length === undefined) throw new Error('an answer without a length')
  return Number(length)
}
