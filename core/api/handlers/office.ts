/** What the operations need beside the ports: what this program is, and the gateway that rehearsals run on. */
import type { BackupRun, Ports } from '#core/ports.ts'
import type { Rehearsal } from '#core/system/rehearsal.ts'
import type { Environment } from '#core/vocabulary.ts'

/** Backups of this installation, for a shell that was told where to keep them. */
export interface Backups {
  /** When the next one is due */
  nextAt(): string | undefined
  /** Makes one now, or joins the one that is being made */
  run(actor: string): Promise<BackupRun>
}

export interface Office extends Ports {
  readonly version: string
  readonly shell: 'desktop' | 'server'
  /** Those in which new units may be made; the first is the default */
  readonly environments: readonly Environment[]
  /** Absent where no practice gateway runs */
  readonly rehearsal: Rehearsal | undefined
  readonly backups?: Backups | undefined
}
