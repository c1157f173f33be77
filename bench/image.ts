/** How the image starts Node: a server is measured as it runs there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const dockerfile = readFileSync(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8')

export const nodeOptions: string = /^ENV NODE_OPTIONS="(.*)"$/m.exec(dockerfile)?.[1] ?? ''
