/** Nothing lost and nothing twice on SQLite, under every fault (G1 to G10). */
import { sqlite } from '../storage/databases.ts'
import { shortMatrix } from './suite.ts'

await shortMatrix(sqlite)
