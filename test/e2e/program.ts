/** Starts one of our programs as its own process and ends it as an operating system would. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..', '..')

export interface Program {
  /** The first text that it prints and that matches; fails when it ends before. */
  printed(pattern: RegExp): Promise<string>
  output(): string
  /** SIGTERM, and the exit code */
  stop(): Promise<number | null>
}

export const startProgram = async (
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Program> => {
  const child = spawn('node', [...command], { cwd: root, env: { ...process.env, ...environment } })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return { output: () => output, printed: (pattern) => waitFor(child, () => output, pattern), stop: () => end(child) }
}

const waitFor = async (child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> => {
  for (const started = Date.now(); Date.now() - started < 60_000; await new Promise((wake) => setTimeout(wake, 100))) {
    const found = pattern.exec(output())
    if (found !== null) return found[0]
    if (child.exitCode !== null) break
  }
  throw new Error(`the program did not print ${pattern}: ${output()}`)
}

const end = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await exited
  return code
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return typeof address === 'object' && address !== null ? address.port : 0
}
