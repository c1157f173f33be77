/** What the operations need beside the ports: what this program is, and the gateway that rehearsals run on. */
import type { ScheduledBackups } from '#core/backup/schedule.ts'
import type { Listen } from '#core/notify/listening.ts'
import type { Ports } from '#core/ports.ts'
import type { Rehearsal } from '#core/system/rehearsal.ts'
import type { Environment } from '#core/vocabulary.ts'

export interface Office extends Ports {
  readonly version: string
  readonly shell: 'desktop' | 'server'
  /** Those in which new units may be made; the first is the default */
  readonly environments: readonly Environment[]
  /** To what happens, on whichever replica */
  readonly listen: Listen
  /** Absent where no practice gateway runs */
  readonly rehearsal: Rehearsal | undefined
  /** Issuer of the office's own sign-in service; absent where everybody has a password */
  readonly signInService?: string | undefined
  /** Absent on a server that was not told where to keep them */
  readonly backups?: Omit<ScheduledBackups, 'keepOn'> | undefined
}
