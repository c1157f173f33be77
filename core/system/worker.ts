/** Who this process is among those that share a database. */
import { hostname } from 'node:os'

export const workerName = `${hostname()}/${process.pid}`
