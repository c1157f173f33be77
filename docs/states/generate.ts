/** Writes `docs/states.md` from the table of states that program, screens and API use: `npm run docs:states`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateTable } from '#core/messages/index.ts'
import type { Language } from '#core/messages/text.ts'

type Subject = keyof typeof stateTable

const titles: Readonly<Record<Language, Readonly<Record<Subject | 'columns', string>>>> = {
  ar: {
    document: 'المستند',
    unit: 'الوحدة',
    road: 'الاتصال بالهيئة (لكل بيئة ووحدة)',
    chain: 'السلسلة',
    columns: 'الرمز | الحالة | ما حدث | ما يفعله البرنامج | ما عليك فعله',
  },
  en: {
    document: 'Document',
    unit: 'Unit',
    road: 'Way to ZATCA (of each environment and unit)',
    chain: 'Chain',
    columns: 'Code | State | What happened | What the program does | What you do',
  },
}

const subjects = ['document', 'unit', 'road', 'chain'] as const satisfies readonly Subject[]

const section = (language: Language, subject: Subject): readonly string[] => [
  `### ${titles[language][subject]}`,
  '',
  `| ${titles[language].columns} |`,
  '|---|---|---|---|---|',
  ...stateTable[subject].map(
    ({ id, ...texts }) =>
      `| \`${id}\` | ${[texts.name, texts.happened, texts.program, texts.you].map((text) => text[language]).join(' | ')} |`,
  ),
  '',
]

const inLanguage = (language: Language): readonly string[] => subjects.flatMap((subject) => section(language, subject))

export const stateDocument = (): string =>
  [
    '# States',
    '',
    'Made by `npm run docs:states` from the table that screens, command line and API use; do not edit.',
    '',
    '## العربية',
    '',
    '<div dir="rtl">',
    '',
    ...inLanguage('ar'),
    '</div>',
    '',
    '## English',
    '',
    ...inLanguage('en'),
  ].join('\n')

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'states.md'), stateDocument())
