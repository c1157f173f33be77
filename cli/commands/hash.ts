/** `khatm hash`: the invoice hash of an XML file, signed or not. */
import { hashOfXml } from '#core/zatca/judge.ts'
import type { Run } from '../command.ts'
import { readInput } from '../files.ts'

export const run: Run = async ({ operands: [file = ''] }, terminal) => {
  terminal.out(hashOfXml(await readInput(file)))
  return 0
}
