/** Scripted answers: findings that the next documents get beside those they earn. */
import { z } from 'zod'
import type { Finding } from './judge/finding.ts'
import type { Channel } from './judge/judge.ts'

const DEFAULT_FINDING = {
  code: 'PRACTICE-SCRIPTED',
  category: 'PRACTICE',
  message: 'This answer was ordered in advance.',
}

export const scriptSchema = z.strictObject({
  /** 400 adds errors, so that the document is rejected; 202 adds warnings. */
  status: z.union([z.literal(400), z.literal(202)]),
  endpoint: z.enum(['compliance', 'reporting', 'clearance']).optional(),
  times: z.int().positive().default(1),
  findings: z
    .array(z.strictObject({ code: z.string(), category: z.string().default('KSA'), message: z.string() }))
    .nonempty()
    .default([DEFAULT_FINDING]),
})

export type Script = z.infer<typeof scriptSchema>

export interface ScriptedAnswers {
  add(script: Script): void
  list(): readonly Script[]
  clear(): void
  /** The findings for one document of this channel; uses the oldest fitting script up by one. */
  take(channel: Channel): readonly Finding[]
}

export function scriptedAnswers(): ScriptedAnswers {
  let scripts: Script[] = []
  return {
    add: (script) => void scripts.push({ ...script }),
    list: () => scripts,
    clear: () => {
      scripts = []
    },
    take(channel) {
      const script = scripts.find(({ endpoint }) => endpoint === undefined || endpoint === channel)
      if (!script) return []
      script.times -= 1
      scripts = scripts.filter(({ times }) => times > 0)
      return findingsOf(script)
    },
  }
}

const findingsOf = ({ status, findings }: Script): readonly Finding[] =>
  findings.map(({ code, category, message }) => ({
    severity: status === 400 ? 'ERROR' : 'WARNING',
    code,
    category,
    message: { en: message, ar: message },
  }))
