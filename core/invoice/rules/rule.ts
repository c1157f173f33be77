/** What a rule is: an official id, a severity and a question asked of an invoice; the answer is the list of places that break it. */
import { type Place, pathBelow } from './place.ts'
import type { Subject } from './subject.ts'

export type Severity = 'error' | 'warning'

/** Values that a message shows: literals of the invoice, expected values, limits. */
export type Params = Readonly<Record<string, string>>

/** One place that breaks a rule: a UBL path with 1-based positions on repeating elements, and values the message shows. */
export interface Breach {
  readonly path: string
  readonly params?: Params
}

export interface Violation<Id extends string = string> extends Breach {
  readonly rule: Id
  readonly severity: Severity
}

export type Check = (subject: Subject) => readonly Breach[]

export interface Rule {
  readonly severity: Severity
  readonly check: Check
  /** Asked of sealed documents only: ICV, PIH, QR and stamp are added by sealing. */
  readonly sealedOnly?: true
  /** Why the official validator never reports it although the id exists; ours agrees and stays silent. */
  readonly silentBecause?: string
}

/** One file's rules, keyed by their official ids. */
export type Rules = Readonly<Record<string, Rule>>

export const error = (check: Check): Rule => ({ severity: 'error', check })
export const warning = (check: Check): Rule => ({ severity: 'warning', check })
export const whenSealed = (rule: Rule): Rule => ({ ...rule, sealedOnly: true })

/** An id whose official test cannot be reached; kept so that the table is complete. */
export const silent = (severity: Severity, silentBecause: string): Rule => ({
  severity,
  silentBecause,
  check: () => none,
})

export const none: readonly Breach[] = []

const breach = (path: string, params: Params | undefined): Breach =>
  params === undefined ? { path } : { path, params }

/** A check of the document as a whole: at most one breach, at `path`. */
export const document =
  (breaks: (subject: Subject) => boolean, path: string, params?: (subject: Subject) => Params): Check =>
  (subject) =>
    breaks(subject) ? [breach(path, params?.(subject))] : none

export type Select<Part> = (subject: Subject) => readonly Part[]
export type Breaks<Part> = (part: Part, subject: Subject) => boolean

/**
 * A check of every part that `parts` selects, or of those among them that are `of` a kind; a breach is reported at `below` the part, or at
 * the part itself.
 */
export const every =
  <Part extends Place>(parts: Select<Part>, of?: (part: Part) => boolean) =>
  (breaks: Breaks<Part>, below = '', params?: (part: Part, subject: Subject) => Params): Check =>
  (subject) => {
    let found: Breach[] | undefined
    for (const part of parts(subject)) {
      if (of?.(part) === false || !breaks(part, subject)) continue
      found ??= []
      found.push(breach(pathBelow(part, below), params?.(part, subject)))
    }
    return found ?? none
  }
