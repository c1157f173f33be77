/** Operations on what is on its way: the board of the office, pausing and resuming a road. */
import type { Road } from '#core/ports.ts'
import { pauseRoad, type RoadChange, resumeRoad } from '#core/workflow/sending/roads.ts'
import { roadPlace, sendingBoard } from '#core/workflow/sending/sending-board.ts'
import { actorsOf } from './actors.ts'
import type { Doors, Member } from './doors.ts'
import { boardView, roadView } from './sending-views.ts'

export const sendingHandlers = ({ members: { sending } }: Doors) => ({
  board: sending.board.handler(async ({ input, context: { office } }) =>
    boardView(await sendingBoard(office, input.limit), await actorsOf(office.storage.read), office.clock.now()),
  ),
  pause: sending.pause.handler(({ input: { road, confirm }, context }) =>
    change(context, road, (change) => pauseRoad(context.office, { ...change, confirm })),
  ),
  resume: sending.resume.handler(({ input: { road }, context }) =>
    change(context, road, (change) => resumeRoad(context.office, change)),
  ),
})

const change = async ({ office, user }: Member, id: string, how: (change: RoadChange) => Promise<Road>) => {
  const { read } = office.storage
  const place = await roadPlace(read, id)
  const road = await how({ id, actor: user.id })
  return roadView({ road, ...place }, await actorsOf(read))
}
