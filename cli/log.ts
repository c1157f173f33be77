/** A command says what it has to say on its own; the events of the program's log are for servers. */
import type { Log } from '#core/ports.ts'

const nothing = (): void => undefined

export const quietLog: Log = { info: nothing, warn: nothing, error: nothing }
