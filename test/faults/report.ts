/** The trials as a table in Markdown. */
import { losses, type Trial } from './trial.ts'

interface Column {
  readonly title: string
  readonly value: (trial: Trial) => string
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1)

/** The median and the longest. */
const spread = (times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)]
  const longest = sorted.at(-1)
  return middle === undefined || longest === undefined ? '' : `${seconds(middle)} / ${seconds(longest)}`
}

const columns: readonly Column[] = [
  { title: 'fault', value: ({ fault, problem }) => (problem === undefined ? fault : `${fault}: **${problem}**`) },
  { title: 'engine', value: ({ engine }) => engine },
  { title: 'faults', value: ({ faults }) => String(faults) },
  { title: 'documents', value: ({ documents }) => String(documents) },
  ...losses.map((loss) => ({ title: loss, value: (trial: Trial) => String(trial[loss]) })),
  { title: 'sent again by a person', value: ({ attended }) => String(attended) },
  { title: 'settled after, s', value: ({ settledAfterMs }) => seconds(settledAfterMs) },
  { title: 'answered again after, s', value: ({ recoveries }) => spread(recoveries) },
]

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const total = (trials: readonly Trial[], key: (typeof losses)[number] | 'faults' | 'documents' | 'attended'): number =>
  trials.reduce((sum, trial) => sum + trial[key], 0)

const totals = (trials: readonly Trial[]): readonly string[] => [
  '**all**',
  '',
  String(total(trials, 'faults')),
  String(total(trials, 'documents')),
  ...losses.map((loss) => String(total(trials, loss))),
  String(total(trials, 'attended')),
  seconds(Math.max(...trials.map(({ settledAfterMs }) => settledAfterMs))),
  spread(trials.flatMap(({ recoveries }) => recoveries)),
]

export const row = (trial: Trial): string => line(columns.map(({ value }) => value(trial)))

export const table = (trials: readonly Trial[]): string =>
  [
    line(columns.map(({ title }) => title)),
    line(columns.map((_, index) => (index < 2 ? '---' : '--:'))),
    ...trials.map(row),
    line(totals(trials)),
  ].join('\n')

/** Whether every column of loss is zero and every trial came to its end. */
export const isClean = (trials: readonly Trial[]): boolean =>
  trials.every((trial) => trial.problem === undefined && losses.every((loss) => trial[loss] === 0))
