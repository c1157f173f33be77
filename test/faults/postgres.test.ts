/** Nothing lost and nothing twice on Postgres with several workers, under every fault (G1 to G10). */
import { postgres } from '../storage/databases.ts'
import { shortMatrix } from './suite.ts'

await shortMatrix(postgres)
