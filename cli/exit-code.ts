/** What the caller of a command learns from its exit code. */
import type { Failure } from '#core/errors.ts'

/** 0 clean or warnings only, 1 errors found, 2 wrong usage or unreadable input. */
export type ExitCode = 0 | 1 | 2

/** Families of failures that are about the call, or about input that cannot be read at all. */
const unreadable =
  /^(?:usage|request|config)\/|^xml\/(?:hostile|malformed|not-an-invoice)$|^backup\/(?:wrong-key|damaged)$|\/malformed$/

export const exitCodeOf = ({ code }: Failure): ExitCode => (unreadable.test(code) ? 2 : 1)
