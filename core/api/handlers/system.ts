/** Operations about the program itself: is it up, what is it, what is on its way to ZATCA. */
import { asFailure } from '#core/errors.ts'
import { rulePack } from '#core/invoice/rules/index.ts'
import { needingPerson } from '#core/workflow/sending/sending-board.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'

export const systemHandlers = ({ open, members }: Doors, door: Office) => ({
  health: open.system.health.handler(async () => ({ status: await statusOf(door), version: door.version })),
  condition: open.system.condition.handler(async () => {
    const storage = (await statusOf(door)) === 'ok'
    return { status: storage ? 'ok' : 'unavailable', version: door.version, checks: { storage } }
  }),
  info: open.system.info.handler(async () => ({
    version: door.version,
    rulePack,
    needsSetUp: (await door.storage.read.users()).length === 0,
    environments: [...door.environments],
    shell: door.shell,
    signInService: door.signInService !== undefined,
  })),
  queue: members.system.queue.handler(async ({ context: { office } }) => ({
    ...(await office.storage.read.outboxCounts()),
    attention: await needingPerson(office),
  })),
})

const statusOf = async ({ storage, log }: Office): Promise<'ok' | 'degraded'> => {
  try {
    await storage.health()
    return 'ok'
  } catch (error) {
    log.error('health/storage', { code: asFailure(error).code })
    return 'degraded'
  }
}
