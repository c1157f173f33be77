/** Who did what, by name: people by their own, programs by that of their key; what the program did by itself keeps its word. */
import type { Reader } from '#core/ports.ts'

export interface Actor {
  readonly id: string
  readonly name: string
}

export const actorsOf = async (read: Pick<Reader, 'users' | 'programs'>): Promise<readonly Actor[]> => {
  const [users, programs] = await Promise.all([read.users(), read.programs()])
  return [...users, ...programs]
}

export const nameOf = (actor: string, actors: readonly Actor[]): string =>
  actors.find(({ id }) => id === actor)?.name ?? actor
