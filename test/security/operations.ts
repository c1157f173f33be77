/** Every operation of the contract with the names of everything that goes in and comes out. */
import type { AnyContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { contract } from '#core/api/contract.ts'

export interface Operation {
  readonly name: string
  readonly path: readonly string[]
  readonly method: string
  readonly address: string
  /** Property names at any depth */
  readonly takes: readonly string[]
  readonly gives: readonly string[]
}

const namesOf = (schema: unknown, io: 'input' | 'output'): readonly string[] =>
  schema instanceof z.ZodType ? propertyNames(z.toJSONSchema(schema, { io, unrepresentable: 'any' })) : []

/** The keys below every `properties`, wherever it stands. */
const propertyNames = (node: unknown): readonly string[] => {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...propertyNames(value),
  ])
}

const operationOf = (group: string, name: string, procedure: AnyContractProcedure): Operation => {
  const { inputSchema, outputSchema, route } = procedure['~orpc']
  return {
    name: `${group}.${name}`,
    path: [group, name],
    method: route.method ?? 'POST',
    address: `/api/v1${(route.path ?? '').replaceAll(/\{\w+\}/g, 'signed')}`,
    takes: namesOf(inputSchema, 'input'),
    gives: namesOf(outputSchema, 'output'),
  }
}

export const operations: readonly Operation[] = Object.entries(contract).flatMap(([group, entries]) =>
  Object.entries<AnyContractProcedure>(entries).map(([name, procedure]) => operationOf(group, name, procedure)),
)
