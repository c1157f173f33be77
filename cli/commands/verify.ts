/** `khatm verify`: hash, signature, digests, certificate and QR code of a signed invoice, each named. */
import { type Check, verify } from '#core/zatca/verify.ts'
import type { Run } from '../command.ts'
import { readInput } from '../files.ts'

export const run: Run = async (invocation, terminal) => {
  const [file = ''] = invocation.operands
  const report = await verify(await readInput(file))
  if (invocation.flag('json')) terminal.out(JSON.stringify({ file, ...report }))
  else for (const line of report.checks.flatMap(linesOf)) terminal.out(line)
  return report.ok ? 0 : 1
}

/** A failed check shows both values below it; they are long. */
const linesOf = ({ id, ok, expected, found }: Check): readonly string[] =>
  ok
    ? [`ok      ${id}`]
    : [`FAILED  ${id}`, `        expected  ${expected ?? '-'}`, `        found     ${found ?? '-'}`]
