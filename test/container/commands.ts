/** Programs that are run to their end: what they print, or an error with what they complained about. */
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly input?: string
}

/** Standard output, trimmed. Throws with both outputs when the program ends with anything but 0. */
export const run = async (program: string, words: readonly string[], options: RunOptions = {}): Promise<string> => {
  const running = execute(program, [...words], { maxBuffer: 2 ** 28, ...options })
  running.child.stdin?.end(options.input)
  try {
    return (await running).stdout.trim()
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${program} ${words.join(' ')}\n${stdout}${stderr}`.slice(-6000), { cause: error })
  }
}

export const isHere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
