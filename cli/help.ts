/** The help texts, made from the table of commands. */
import type { CommandEntry } from './command.ts'
import { commands } from './commands.ts'
import type { Bilingual, Language } from './terminal.ts'

const words = {
  usage: { en: 'Usage', ar: 'الاستخدام' },
  commands: { en: 'Commands', ar: 'الأوامر' },
  options: { en: 'Options', ar: 'الخيارات' },
  command: { en: 'command', ar: 'الأمر' },
  required: { en: 'required', ar: 'إلزامي' },
  help: { en: 'show this help', ar: 'عرض هذه التعليمات' },
  lang: { en: 'language of messages: en or ar', ar: 'لغة الرسائل: ar أو en' },
  title: {
    en: 'Khatm: ZATCA phase-2 e-invoices',
    ar: 'ختم: الفواتير الإلكترونية للمرحلة الثانية وفق متطلبات هيئة الزكاة والضريبة والجمارك',
  },
  more: {
    en: 'khatm COMMAND --help tells more about a command.',
    ar: 'لمزيد من التفاصيل عن أمر: khatm COMMAND --help',
  },
  exit: {
    en: 'Exit codes: 0 clean or warnings only, 1 errors found, 2 wrong usage or unreadable input.',
    ar: 'رموز الخروج: 0 سليم أو تنبيهات فقط، 1 وُجدت أخطاء، 2 استخدام خاطئ أو ملف غير مقروء.',
  },
} as const satisfies Record<string, Bilingual>

/** Two columns, the first as wide as its longest entry. */
const columns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

export const overview = (language: Language): string => {
  const entries: readonly (readonly [string, CommandEntry])[] = Object.entries(commands)
  return [
    words.title[language],
    '',
    `${words.usage[language]}: khatm COMMAND [OPTIONS]`,
    '',
    `${words.commands[language]}:`,
    ...columns(entries.map(([name, { summary }]) => [name, summary[language]])),
    '',
    words.more[language],
    words.exit[language],
  ].join('\n')
}

export const helpOf = (name: string, { summary, operands, options }: CommandEntry, language: Language): string => {
  const own = Object.entries(options).map(([option, { value, required, help }]) => {
    const left = value === undefined ? `--${option}` : `--${option} ${value}`
    return [left, required ? `${help[language]} (${words.required[language]})` : help[language]] as const
  })
  const common = [
    ['--lang LANGUAGE', words.lang[language]],
    ['-h, --help', words.help[language]],
  ] as const
  return [
    summary[language],
    '',
    `${words.usage[language]}: ${['khatm', name, operands, '[OPTIONS]'].filter(Boolean).join(' ')}`,
    '',
    `${words.options[language]}:`,
    ...columns([...own, ...common]),
    '',
    words.exit[language],
  ].join('\n')
}
