/** `khatm demo`: the whole way from a company to accepted e-invoices, on the practice gateway. */
import type { Run } from '../command.ts'
import { runDemo } from '../demo/demo.ts'

export const run: Run = (invocation, terminal) => runDemo(invocation.text('out') ?? 'demo-out', terminal)
