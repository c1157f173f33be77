/** Writes `docs/rules.md` from the entries of the rules themselves: `npm run docs:rules`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FindingId, isFindingId, sealFindings, strictFindings } from '#core/invoice/rules/findings.ts'
import { ruleIds, rulePack, rules } from '#core/invoice/rules/index.ts'
import type { Rule, Severity } from '#core/invoice/rules/rule.ts'
import { strictRules } from '#core/invoice/rules/strict.ts'
import { structureKindTexts } from '#core/messages/rules/structure.ts'
import { ruleTexts } from '#core/messages/rules.ts'
import { ruleDifferences, schemaDifferences } from './known-differences.ts'
import { remarks } from './remarks.ts'

/** What the stylesheets say about a witness; `judge-witnesses.ts` wrote it. */
export interface WitnessRow {
  readonly id: string
  readonly official: boolean
  readonly here: boolean
  /** A stylesheet stops with an error on it */
  readonly aborts?: true
  /** It breaks the schema too */
  readonly schema?: true
}

const isWitnessRow = (value: unknown): value is WitnessRow =>
  typeof value === 'object' && value !== null && 'id' in value && 'official' in value && 'here' in value

const parsed: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'witnesses.json'), 'utf8'))
export const witnessRows: readonly WitnessRow[] = Array.isArray(parsed) ? parsed.filter(isWitnessRow) : []
const witnessOf = new Map(witnessRows.map((row) => [row.id, row]))

interface Entry {
  readonly id: FindingId
  readonly severity: Severity
  readonly stage: string
  readonly rule?: Rule
}

const anyStage = 'draft, sealed'

const entriesOf = (ids: readonly string[], entry: (id: string) => Omit<Entry, 'id'>): readonly Entry[] =>
  ids.filter(isFindingId).map((id) => ({ id, ...entry(id) }))

const fromRules: readonly Entry[] = ruleIds.map((id) => {
  const rule = rules[id]
  return { id, rule, severity: rule.severity, stage: rule.sealedOnly ? 'sealed' : anyStage }
})
const fromTables = (table: Readonly<Record<string, Severity>>): readonly Entry[] =>
  entriesOf(Object.keys(table), (id) => ({ severity: table[id] ?? 'error', stage: 'sealed' }))
const strict: readonly Entry[] = [
  ...Object.entries(strictRules).flatMap(([id, rule]) =>
    entriesOf([id], () => ({ rule, severity: rule.severity, stage: id === 'KHATM-QR-LENGTH' ? 'draft' : anyStage })),
  ),
  ...fromTables(strictFindings).map((entry) =>
    entry.id.startsWith('KHATM-DUPLICATE') ? { ...entry, stage: anyStage } : entry,
  ),
]

const remarkOf = ({ id, rule }: Entry): string => {
  const witness = witnessOf.get(id)
  return [
    remarks[id],
    rule?.silentBecause && `Never reported, here as there: ${rule.silentBecause}.`,
    witness?.schema && id !== 'XSD' && 'Its witness breaks the schema too, where the validator stops first.',
  ]
    .filter(Boolean)
    .join(' ')
}

const yes = (value: boolean | undefined): string => (value === undefined ? '–' : value ? 'yes' : 'no')
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')

const row = (entry: Entry): string => {
  const { id, severity, stage } = entry
  const witness = witnessOf.get(id)
  const { en, ar } = ruleTexts[id]
  const cells = [`\`${id}\``, severity, stage, yes(witness?.official), yes(witness?.here), en, ar, remarkOf(entry)]
  return `| ${cells.map(cell).join(' | ')} |`
}

const table = (entries: readonly Entry[]): readonly string[] => [
  '| id | severity | judged in | official | here | what it says | ماذا يقول | remark |',
  '|---|---|---|---|---|---|---|---|',
  ...entries.map(row),
]

const section = (title: string, text: string, lines: readonly string[]): readonly string[] => [
  '',
  `## ${title}`,
  '',
  text,
  '',
  ...lines,
]

const official = fromRules.filter(({ id }) => id !== 'XSD' && id !== 'KHATM-ONCE')
const ownFrame = fromRules.filter(({ id }) => id === 'XSD' || id === 'KHATM-ONCE')

export const ruleDocument = (): string =>
  [
    '# Rules',
    '',
    `Made by \`npm run docs:rules\` from the entries of the rules; do not edit. Rule pack ${rulePack} (ZATCA SDK R${rulePack}).`,
    '',
    '`{field}` and the like are filled in with the name and the values at the place that is reported. The columns *official* and *here*',
    'say who reports the witness of a rule, a document that breaks it: the official stylesheets (for stamp and QR code an independent',
    'program that follows the validator), and we. `RULES_DIR=<folder of the stylesheets> npm run docs:witnesses` asks them all again.',
    ...section('Structure', 'Before the rules.', table(ownFrame)),
    '',
    'In XML, `XSD` says more exactly what breaks the structure:',
    '',
    ...Object.values(structureKindTexts).map(({ en, ar }) => `- ${en} ${ar}`),
    ...section('Rules of the pack', `${official.length} ids.`, table(official)),
    ...section(
      'Stamp, QR code and chain',
      'Asked of simplified documents only, as the validator does; standard ones get their stamp from ZATCA. `PIH/KSA-13` is asked of both.',
      table(fromTables(sealFindings)),
    ),
    ...section('Stricter checks of our own', 'Only with `khatm check --strict`.', table(strict)),
    ...section(
      'Where we differ from the official stylesheets',
      'Everything that thousands of changed documents have shown.',
      [...ruleDifferences.map(({ difference, reason }) => `- ${difference}: ${reason}`)],
    ),
    ...section('Where we differ from libxml2 and the schema', 'The same for the structure.', [
      ...Object.values(schemaDifferences).map((reason) => `- ${reason}`),
    ]),
    '',
  ].join('\n')

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'rules.md'), ruleDocument())
