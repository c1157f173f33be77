/** Colours behind HAProxy, by its runtime API: `haproxy.colours.cfg` calls the servers blue1, blue2, ..., green1, ... */
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Colour, type Counts, colours, otherThan, type Road } from './road.ts'

export interface HaproxyOptions {
  /** `/run/haproxy.sock` or `host:port` */
  readonly api: string
  readonly backend: string
  /** Of the new colour, past the balancer: `http://green:8080` */
  readonly address: string
}

export const haproxyRoad = ({ api, backend, address }: HaproxyOptions): Road => {
  const servers = async (colour: Colour): Promise<readonly Row[]> =>
    rows(await ask(api, 'show stat')).filter(
      ({ pxname, svname }) => pxname === backend && svname?.replace(/\d+$/, '') === colour,
    )
  return {
    share: async (colour, percent) => {
      const shares = { [colour]: percent, [otherThan(colour)]: 100 - percent }
      const commands: string[] = []
      for (const each of colours) {
        const all = await servers(each)
        const weight = weightOf(shares[each] ?? 0, all.filter(isUp).length)
        commands.push(...all.map(({ svname }) => `set server ${backend}/${svname} weight ${weight}`))
      }
      // In one connection, one after the other: nothing is without a server in between, because the rising weights come first.
      const answer = await ask(api, commands.toSorted(risingFirst).join(';'))
      if (answer.trim() !== '') throw new Error(`HAProxy: ${answer.trim()}`)
    },
    counts: async (colour) => total(await servers(colour)),
    status: async (_colour, path) => {
      const answer = await fetch(`${address}${path}`, { redirect: 'manual' }).catch(() => undefined)
      return answer?.status ?? 0
    },
  }
}

const risingFirst = (one: string, other: string): number => weightIn(other) - weightIn(one)
const weightIn = (command: string): number => Number(command.split(' ').at(-1))

/** HAProxy's weights go to 256 and belong to a server: a colour's share is divided among its replicas. */
const weightOf = (percent: number, replicas: number): number =>
  percent === 0 ? 0 : Math.max(1, Math.round((percent / 100) * (256 / Math.max(1, replicas))))

type Row = Readonly<Record<string, string>>

/** `# pxname,svname,...` and one line for each server. */
const rows = (csv: string): readonly Row[] => {
  const [head = '', ...lines] = csv.trim().split('\n')
  const names = head.replace(/^# /, '').split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? '', value])))
}

const isUp = ({ status = '' }: Row): boolean => status.startsWith('UP')

const answers = ['hrsp_1xx', 'hrsp_2xx', 'hrsp_3xx', 'hrsp_4xx', 'hrsp_5xx', 'hrsp_other', 'econ', 'eresp']
const failures = ['hrsp_5xx', 'econ', 'eresp']

const total = (all: readonly Row[]): Counts => {
  const sum = (names: readonly string[]) =>
    all.reduce((whole, row) => names.reduce((part, name) => part + Number(row[name] ?? 0), whole), 0)
  return { answered: sum(answers), failed: sum(failures) }
}

const ask = async (api: string, command: string): Promise<string> => {
  const [host = '', port = ''] = api.split(':')
  const socket = api.includes('/') ? connect(api) : connect(Number(port), host)
  socket.end(`${command}\n`)
  return text(socket)
}
