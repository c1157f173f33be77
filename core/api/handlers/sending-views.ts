/** From the board of what is on its way to what a caller sees. */
import type { z } from 'zod'
import { instant } from '#core/instant.ts'
import { documentTexts, roadTexts } from '#core/messages/index.ts'
import type { DocumentStatus, OpenTally } from '#core/ports.ts'
import { reportingClock } from '#core/workflow/sending/clocks.ts'
import type { KnownRoad, SendingBoard } from '#core/workflow/sending/sending-board.ts'
import type { sending } from '../contract/sending.ts'
import { type Actor, nameOf } from './actors.ts'
import { documentSummary } from './views.ts'

type Board = z.input<NonNullable<(typeof sending.board)['~orpc']['outputSchema']>>
type RoadView = Board['roads'][number]

export const boardView = (board: SendingBoard, actors: readonly Actor[], now: number): Board => {
  const documents = (statuses: readonly DocumentStatus[]) => statuses.map((status) => openDocument(status, now))
  return {
    at: instant(now),
    tallies: board.tallies.map((tally) => tallyView(tally, now)),
    roads: board.roads.map((road) => roadView(road, actors)),
    clocks: documents(board.clocks),
    held: documents(board.held),
    unknown: documents(board.unknown),
  }
}

const tallyView = ({ deadlineAt, ...counted }: OpenTally, now: number): Board['tallies'][number] => ({
  ...counted,
  clock: clockView(deadlineAt, now),
})

const openDocument = (status: DocumentStatus, now: number): Board['held'][number] => {
  const summary = documentSummary(status)
  return { ...summary, standing: documentTexts(summary), clock: clockView(summary.deadlineAt, now) }
}

const clockView = (deadlineAt: string | undefined, now: number): Board['tallies'][number]['clock'] => {
  if (deadlineAt === undefined) return undefined
  const { level, secondsLeft } = reportingClock(deadlineAt, now)
  return { deadlineAt, level, secondsLeft }
}

export const roadView = ({ road, environment, endpoint, unit }: KnownRoad, actors: readonly Actor[]): RoadView => ({
  id: road.id,
  environment,
  endpoint,
  unit: unit && { id: unit.id, companyId: unit.companyId, name: unit.name },
  state: road.state,
  reason: road.reason,
  changedAt: road.changedAt,
  changedBy: nameOf(road.changedBy, actors),
  probeAt: road.probeAt,
  standing: roadTexts(road),
})
