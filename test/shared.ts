/** Finds the public reference material (official samples, schemas) that some tests read and that a clone does not carry. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const folder = process.env['KHATM_SHARED'] ?? resolve(root, '..', 'shared')

/** The path of a piece of reference material, or undefined after saying loudly which suite is skipped and how to get it. */
export const shared = (path: string, neededBy: string): string | undefined => {
  const found = join(folder, path)
  if (existsSync(found)) return found
  console.warn(
    `SKIPPED: ${neededBy} needs ${path}; set KHATM_SHARED to a folder that holds it (SDK R3.4.8 samples and UBL 2.1 schemas).`,
  )
  return undefined
}
