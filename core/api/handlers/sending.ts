/** Operations on what is on its way: the board of the office, pausing and resuming a road. */
import type { User } from '#core/ports.ts'
import { pauseRoad, resumeRoad } from '#core/workflow/sending/roads.ts'
import { roadPlace, sendingBoard } from '#core/workflow/sending/sending-board.ts'
import type { Doors } from './doors.ts'
import type { Office } from './office.ts'
import { boardView, roadView } from './sending-views.ts'

export const sendingHandlers = ({ members: { sending } }: Doors, office: Office) => {
  const { read } = office.storage
  const change = async (id: string, how: typeof pauseRoad, { user }: { readonly user: User }) => {
    const place = await roadPlace(read, id)
    const road = await how(office, { id, actor: user.id })
    return roadView({ road, ...place }, await read.users())
  }
  return {
    board: sending.board.handler(async ({ input }) =>
      boardView(await sendingBoard(office, input.limit), await read.users(), office.clock.now()),
    ),
    pause: sending.pause.handler(({ input, context }) => change(input.road, pauseRoad, context)),
    resume: sending.resume.handler(({ input, context }) => change(input.road, resumeRoad, context)),
  }
}
