/** `khatm csr`: a certificate signing request from the official tool's properties file. */
import { Failure } from '#core/errors.ts'
import { buildCsr, type CsrEnvironment, readCsrProperties } from '#core/zatca/csr.ts'
import type { Run } from '../command.ts'
import { readInput, writeOutput } from '../files.ts'
import { newKey, readKey } from '../local-key.ts'
import type { Bilingual, Terminal } from '../terminal.ts'

const environments: Readonly<Record<string, CsrEnvironment>> = {
  production: 'PRODUCTION',
  simulation: 'SIMULATION',
  sandbox: 'SANDBOX',
  practice: 'PRACTICE',
}

const newKeyNote: Bilingual = {
  en: 'A new private key was written to this file; keep it safe, nobody can replace it',
  ar: 'كُتب مفتاح خاص جديد في هذا الملف؛ احفظه في مكان آمن فلا يمكن تعويضه',
}

export const run: Run = async (invocation, terminal) => {
  const name = invocation.text('environment') ?? 'production'
  const environment = environments[name.toLowerCase()]
  if (environment === undefined) {
    throw new Failure('usage/invalid-value', { details: { option: '--environment', value: name } })
  }
  const config = new TextDecoder().decode(await readInput(invocation.text('config') ?? ''))
  const keyFile = invocation.text('key')
  const key = keyFile === undefined ? newKey() : { key: await readKey(keyFile), pem: undefined }
  const { pem } = await buildCsr(readCsrProperties(config), environment, key.key)
  const out = invocation.text('out')
  if (key.pem !== undefined) await saveKey(key.pem, out, terminal)
  if (out === undefined) terminal.out(pem.trimEnd())
  else await writeOutput(out, pem)
  return 0
}

/** Beside the request, or in the working folder under a name of its own. */
const saveKey = async (pem: string, out: string | undefined, terminal: Terminal): Promise<void> => {
  const file = `${out ?? `khatm-${Date.now()}`}.key.pem`
  await writeOutput(file, pem, true)
  terminal.err(`${newKeyNote[terminal.language]}: ${file}`)
}
