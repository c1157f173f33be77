/**
 * Moves the office's traffic from one colour to the other: `node deploy/switch/main.ts --to green --haproxy 10.0.0.5:9999` or
 * `--kubernetes khatm`. Exit code 0: switched; 1: everything is back where it was; 2: the arguments cannot be used.
 */
import { parseArgs } from 'node:util'
import { haproxyRoad } from './haproxy.ts'
import { kubernetesRoad } from './kubernetes.ts'
import { type Colour, colours, type Road } from './road.ts'
import { type Plan, switchTo } from './steps.ts'

const usage = `node deploy/switch/main.ts --to blue|green (--haproxy HOST:PORT|SOCKET | --kubernetes NAMESPACE)
  --steps 5,25,50,100   shares in percent, one after the other
  --hold 60             seconds that each share is watched
  --least 20            answers of the new colour that it takes to judge it
  --errors 1            percent of its answers that may fail, unless the old colour fails as often
  --backend replicas    HAProxy: the backend with the servers blue1, ..., green1, ...
  --address http://green:8080   HAProxy: where the new colour answers past the balancer, for the smoke test`

const options = {
  to: { type: 'string' },
  haproxy: { type: 'string' },
  kubernetes: { type: 'string' },
  steps: { type: 'string', default: '5,25,50,100' },
  hold: { type: 'string', default: '60' },
  least: { type: 'string', default: '20' },
  errors: { type: 'string', default: '1' },
  backend: { type: 'string', default: 'replicas' },
  address: { type: 'string' },
} as const

class Usage extends Error {}

const read = (): { readonly plan: Plan; readonly road: Road } => {
  const { values } = parseArgs({ options })
  const { haproxy: api, kubernetes, backend } = values
  if ((api === undefined) === (kubernetes === undefined)) throw new Usage('one of --haproxy and --kubernetes')
  const to = colourOf(values.to)
  const { address = `http://${to}:8080` } = values
  return {
    plan: {
      to,
      steps: stepsOf(values.steps),
      holdMs: numberOf('hold', values.hold) * 1000,
      least: numberOf('least', values.least),
      errors: numberOf('errors', values.errors),
    },
    road: api === undefined ? kubernetesRoad(kubernetes ?? '') : haproxyRoad({ api, backend, address }),
  }
}

const colourOf = (word: string | undefined): Colour => {
  const found = colours.find((colour) => colour === word)
  if (found === undefined) throw new Usage(`--to ${colours.join(' or ')}`)
  return found
}

const stepsOf = (list: string): readonly number[] => {
  const steps = list.split(',').map((word) => numberOf('steps', word))
  const rise = steps.every((step, index) => step > (steps[index - 1] ?? 0))
  if (!rise || steps.at(-1) !== 100) throw new Usage('--steps rise and end with 100')
  return steps
}

const numberOf = (name: string, word: string): number => {
  if (!/^\d+(\.\d+)?$/.test(word)) throw new Usage(`--${name}: ${word} is not a number`)
  return Number(word)
}

const main = async (): Promise<number> => {
  const { plan, road } = read()
  const interrupt = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort())
  const outcome = await switchTo(road, plan, console.log, interrupt.signal)
  if (outcome.kind === 'switched') {
    console.log(`${plan.to} serves everybody\nتم نقل جميع الطلبات إلى ${plan.to}`)
    return 0
  }
  console.error(`returned: ${outcome.reason}\nأُعيدت جميع الطلبات إلى النسخة السابقة: ${outcome.reason}`)
  return 1
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUsage = error instanceof Usage || (error instanceof TypeError && 'code' in error)
  console.error(isUsage ? `${error.message}\n\n${usage}` : error)
  process.exitCode = isUsage ? 2 : 1
}
