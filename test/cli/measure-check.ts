/** Child process: how long `khatm check` takes for each file and how much memory it needs above a process that has judged a document before. */
import { join } from 'node:path'
import { main } from '../../cli/main.ts'

const files = process.argv.slice(2)
const usual = join(import.meta.dirname, '..', 'fixtures', 'vectors', 'standard388.xml')

const check = async (path: string): Promise<{ readonly exit: number; readonly out: string }> => {
  const out: string[] = []
  const ignore = (): void => undefined
  const exit = await main(['check', '--json', path], {
    language: 'en',
    out: (line) => void out.push(line),
    bytes: ignore,
    err: ignore,
  })
  return { exit, out: out.join('\n') }
}

/** Kilobytes at the highest point so far. */
const peak = (): number => process.resourceUsage().maxRSS

/** Time of the processor, because the machine may have other work; the second time is not slowed down by code that nobody ran before. */
const attempts = 5

const measured = async (path: string) => {
  let milliseconds = Number.POSITIVE_INFINITY
  let answer = { exit: 0, out: '' }
  for (let attempt = 0; attempt < attempts && milliseconds > 50; attempt += 1) {
    // What an earlier file left behind is not this one's need.
    globalThis.gc?.()
    const before = process.threadCpuUsage()
    answer = await check(path)
    const { user, system } = process.threadCpuUsage(before)
    milliseconds = Math.min(milliseconds, (user + system) / 1000)
  }
  return { ...answer, out: answer.out.slice(0, 2000), milliseconds, megabytes: (peak() - idle) / 1024 }
}

await check(usual)
const idle = peak()
for (const file of files) console.log(JSON.stringify(await measured(file)))
