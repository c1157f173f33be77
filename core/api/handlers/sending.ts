/** Operations on what is on its way: the board of the office, pausing and resuming a road. */
import { pauseRoad, resumeRoad } from '#core/workflow/sending/roads.ts'
import { roadPlace, sendingBoard } from '#core/workflow/sending/sending-board.ts'
import { actorsOf } from './actors.ts'
import type { Doors, Member } from './doors.ts'
import { boardView, roadView } from './sending-views.ts'

export const sendingHandlers = ({ members: { sending } }: Doors) => ({
  board: sending.board.handler(async ({ input, context: { office } }) =>
    boardView(await sendingBoard(office, input.limit), await actorsOf(office.storage.read), office.clock.now()),
  ),
  pause: sending.pause.handler(({ input, context }) => change(input.road, pauseRoad, context)),
  resume: sending.resume.handler(({ input, context }) => change(input.road, resumeRoad, context)),
})

const change = async (id: string, how: typeof pauseRoad, { office, user }: Member) => {
  const { read } = office.storage
  const place = await roadPlace(read, id)
  const road = await how(office, { id, actor: user.id })
  return roadView({ road, ...place }, await actorsOf(read))
}
