/** Who acts on the command line, for the audit log: the account of the operating system, which a person can be asked about. */
import { userInfo } from 'node:os'

/** `command-line/noura`; behind `sudo` also who called it: `command-line/root (noura)`. */
export const commandLineActor = (
  account: () => string = accountName,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string => {
  const name = account()
  const caller = environment['SUDO_USER']
  return `command-line/${caller === undefined || caller === name ? name : `${name} (${caller})`}`
}

/** Containers run under numbers that have no name. */
const accountName = (): string => {
  try {
    return userInfo().username
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`
  }
}
