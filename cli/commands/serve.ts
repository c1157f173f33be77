/** `khatm serve`: the office server, with the settings of the environment. */
import { builtPages, serve } from '../../server/main.ts'
import type { Run } from '../command.ts'

/** The server goes on after this returns, until a signal stops it. */
export const run: Run = async () => {
  const server = await serve({ environment: process.env, pages: builtPages })
  return server === undefined ? 1 : 0
}
