/** The drafts in `examples/`, in the order of their names: a note stands behind the invoice that it corrects. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#core/errors.ts'
import type { Draft } from '#core/invoice/draft.ts'
import { parseDraft } from '#core/invoice/parse-draft.ts'
import { readJson } from '../files.ts'

const folder = join(import.meta.dirname, '..', '..', 'examples')

export const readExamples = async (): Promise<readonly Draft[]> => {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).toSorted()
  if (files.length === 0) throw new Failure('usage/unreadable-file', { details: { file: folder } })
  return Promise.all(files.map(async (file) => parseDraft(await readJson(join(folder, file)))))
}
