/** The whole way on one screen: onboard a company, issue and send every example, correct a rejected one, prove the chain. */
import { join } from 'node:path'
import { instant } from '#core/instant.ts'
import { documentTitles, selfBilledTitle } from '#core/invoice/codes/document-kinds.ts'
import type { Draft } from '#core/invoice/draft.ts'
import { documentStateTexts } from '#core/messages/states.ts'
import type { DocumentStatus, Log, Ports, Unit } from '#core/ports.ts'
import { rehearsalAt } from '#core/system/rehearsal.ts'
import { issueDocument } from '#core/workflow/issuing/issue.ts'
import { reissueDocument } from '#core/workflow/issuing/reissue.ts'
import { onboard } from '#core/workflow/onboarding/onboard.ts'
import { verifyUnitChain } from '#core/workflow/proving/verify-chain.ts'
import { submitDocument } from '#core/workflow/sending/submit.ts'
import type { ExitCode } from '../exit-code.ts'
import { table } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { demoCompany, demoUnit } from './company.ts'
import { readExamples } from './examples.ts'
import { openDemoOffice } from './office.ts'
import { texts } from './texts.ts'

const actor = 'demo'

/** What runs, on which screen. */
interface Demo {
  readonly ports: Ports
  readonly practiceUrl: string
  readonly unit: Unit
  readonly terminal: Terminal
}

/** 0 when every document was settled as expected and the chain is whole. */
export const runDemo = async (folder: string, terminal: Terminal): Promise<ExitCode> => {
  const examples = await readExamples()
  const { ports, practiceUrl, close } = await openDemoOffice(folder, quietLog(terminal))
  try {
    const say = sayer(terminal)
    say(texts.title[terminal.language], '')
    say(`${texts.gateway[terminal.language]}: ${practiceUrl}`)
    const unit = await addCompany(ports, terminal)
    const demo = { ports, practiceUrl, unit, terminal }
    await onboardUnit(demo)
    const statuses = await issueAll(demo, examples)
    say('', ...statusTable(statuses, terminal), '')
    const whole = await proveChain(demo)
    say(`${texts.files[terminal.language]}: ${join(folder, 'signed')}, ${join(folder, 'cleared')}`)
    return whole && reportUnsettled(statuses, terminal) ? 0 : 1
  } finally {
    await close()
  }
}

const sayer =
  (terminal: Terminal) =>
  (...lines: readonly string[]): void => {
    for (const line of lines) terminal.out(line)
  }

const addCompany = async ({ ids, clock, storage }: Ports, { out, language }: Terminal): Promise<Unit> => {
  const now = instant(clock.now())
  const company = demoCompany(ids.uuid(), now)
  const unit = demoUnit(ids.uuid(), company.id, now)
  await storage.write(async (tx) => {
    await tx.addCompany(company)
    await tx.addUnit(unit)
  })
  out(`${texts.company[language]}: ${company.name}, ${company.vatNumber}`)
  return unit
}

// ---- onboarding -------------------------------------------------------------------------------------------------------

const onboardUnit = async ({ ports, practiceUrl, unit, terminal }: Demo): Promise<void> => {
  const { out, language } = terminal
  const company = await ports.storage.read.company(unit.companyId)
  const { otp } = await rehearsalAt(practiceUrl, ports.clock).otp(company?.vatNumber ?? '')
  out(`\n${texts.onboarding[language]}`)
  await onboard(ports, { unitId: unit.id, actor, otp }, ({ next, compliance }) => {
    const passed = compliance.filter(({ state }) => state === 'passed').length
    if (next === 'done') out(`  ${texts.ready[language]}`)
    else if (passed === 0) out(`  ${texts.csid[language]}`)
    else out(`  ${texts.passed[language]} ${passed}/${compliance.length}`)
  })
}

// ---- documents --------------------------------------------------------------------------------------------------------

/** Every example in order; the last standard invoice is refused once, then corrected. */
const issueAll = async (demo: Demo, examples: readonly Draft[]): Promise<readonly DocumentStatus[]> => {
  const { terminal } = demo
  const refused = examples.findLast(({ kind, profile }) => kind === 'invoice' && profile === 'standard')
  const statuses: DocumentStatus[] = []
  terminal.out(`\n${texts.issuing[terminal.language]}`)
  for (const draft of examples) {
    if (draft === refused) await orderRejection(demo)
    const status = await issueAndSend(demo, draft)
    statuses.push(status)
    if (status.state === 'rejected') statuses.push(await correct(demo, status, draft))
  }
  return statuses
}

const issueAndSend = async ({ ports, unit, terminal }: Demo, draft: Draft): Promise<DocumentStatus> => {
  const request = { unitId: unit.id, draft, idempotencyKey: `demo-${draft.number}`, actor }
  return send(ports, terminal, (await issueDocument(ports, request)).id)
}

const send = async (ports: Ports, { out, language }: Terminal, documentId: string): Promise<DocumentStatus> => {
  const status = await submitDocument(ports, documentId)
  out(`  ${status.document.icv}  ${status.document.number}  ${documentStateTexts[status.state].name[language]}`)
  return status
}

/** The practice gateway refuses the next standard document, whatever it finds itself. */
const orderRejection = async ({ practiceUrl, terminal }: Demo): Promise<void> => {
  const message = texts.rejectionReason[terminal.language]
  const findings = [{ code: 'DEMO-REJECTION', category: 'PRACTICE', message }]
  await fetch(`${practiceUrl}/control/answers`, {
    method: 'POST',
    body: JSON.stringify({ status: 400, endpoint: 'clearance', times: 1, findings }),
  })
}

/** Same number, same date and time, new UUID and the next counter. */
const correct = async ({ ports, terminal }: Demo, status: DocumentStatus, draft: Draft): Promise<DocumentStatus> => {
  const corrected = { ...draft, note: texts.correctionNote[terminal.language] }
  const { id, number } = status.document
  const request = { documentId: id, draft: corrected, idempotencyKey: `demo-${number}-corrected`, actor }
  return send(ports, terminal, (await reissueDocument(ports, request)).id)
}

const statusTable = (statuses: readonly DocumentStatus[], { language }: Terminal): readonly string[] =>
  table(
    [texts.number, texts.kind, texts.icv, texts.status, texts.warnings].map((title) => title[language]),
    statuses.map((status) => {
      const { document, state } = status
      const title = document.draft.flags?.selfBilled ? selfBilledTitle : documentTitles[document.profile][document.kind]
      const correction = document.supersedes === undefined ? '' : ` (${texts.reissues[language]})`
      return [
        document.number,
        `${title[language]}${correction}`,
        String(document.icv),
        documentStateTexts[state].name[language],
        remarks(status).join(' ') || '-',
      ]
    }),
  )

/** What was remarked on or refused, by our rules and by the gateway, each once. */
const remarks = ({ document, result }: DocumentStatus): readonly string[] => {
  const own = document.warnings.map(({ rule }) => rule)
  const said = (result?.findings ?? []).filter(({ type }) => type !== 'info').map(({ code }) => code ?? '?')
  return [...new Set([...own, ...said])]
}

// ---- the end ----------------------------------------------------------------------------------------------------------

const proveChain = async ({ ports, unit, terminal: { out, language } }: Demo): Promise<boolean> => {
  const { ok, documents, firstBroken } = await verifyUnitChain(ports, unit.id)
  const verdict = ok
    ? `${documents} ${texts.chainWhole[language]}`
    : `${texts.chainBroken[language]} ${firstBroken?.icv} (${firstBroken?.id})`
  out(`${texts.chain[language]}: ${verdict}`)
  return ok
}

/** A rejected document is settled when a correction of it was accepted. */
const reportUnsettled = (statuses: readonly DocumentStatus[], { err, language }: Terminal): boolean => {
  const corrected = new Set(statuses.map(({ document }) => document.supersedes))
  const open = statuses.filter(
    ({ state, document }) => state !== 'cleared' && state !== 'reported' && !corrected.has(document.id),
  )
  for (const { document, state } of open) err(`${texts.unsettled[language]}: ${document.number} (${state})`)
  return open.length === 0
}

/** Remarks of the program itself belong beside the demo, not into it. */
const quietLog = ({ err }: Terminal): Log => {
  const line = (event: string, fields: object = {}) => err(`${event} ${JSON.stringify(fields)}`)
  return { info: () => undefined, warn: line, error: line }
}
