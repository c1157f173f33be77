/**
 * `npm run faults`: every fault on every engine, FAULTS_ROUNDS times (25 when absent), both engines at once; tells each fault as it
 * ends, prints the table and fails when anything was lost. FAULTS_ONLY runs the faults whose name contains it.
 */
import { setMaxListeners } from 'node:events'
import { type Engine, engines } from '../storage/databases.ts'
import { faults } from './faults.ts'
import { isClean, row, table } from './report.ts'
import { type Trial, tryOut } from './trial.ts'

const rounds = Number(process.env['FAULTS_ROUNDS'] ?? 25)
const only = process.env['FAULTS_ONLY'] ?? ''

const onEngine = async ({ name, start }: Engine): Promise<readonly Trial[]> => {
  const running = await start()
  if (running === undefined) return []
  const trials: Trial[] = []
  for (const fault of faults) {
    if (!fault.engines.includes(name) || !fault.name.includes(only)) continue
    const trial = await tryOut(fault, name, running, rounds)
    console.error(row(trial))
    trials.push(trial)
  }
  await running.stop()
  return trials
}

setMaxListeners(0)
const startedAt = Date.now()
const trials = (await Promise.all(engines.map(onEngine))).flat()
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(0)
console.log(`\n${table(trials)}\n\n${rounds} rounds on Node ${process.version}, ${minutes} minutes`)
process.exit(isClean(trials) && trials.length > 0 ? 0 : 1)
