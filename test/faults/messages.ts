/** What an office process is told and what it tells. */
import { z } from 'zod'

const act = z.object({
  place: z.string(),
  /** How often it passes the place before it happens */
  after: z.int().nonnegative(),
  act: z.enum(['kill', 'pause', 'fail']),
})

/** How a worker is started; travels as its argument. */
export const assignment = z.object({
  address: z.union([z.object({ file: z.string() }), z.object({ url: z.string() })]),
  /** Keys and archive */
  folder: z.string(),
  gatewayUrl: z.string(),
  gatewayTimeoutMs: z.number(),
  unitId: z.string(),
  leaseSeconds: z.number(),
  hurry: z.number(),
  /** Bytes that a file may have at most: what a full disk is to a program */
  largestFile: z.int().optional(),
})
export type Assignment = z.infer<typeof assignment>

export const order = z.union([
  z.object({ sell: z.array(z.int()) }),
  z.object({ arm: act }),
  z.object({ clockShiftMs: z.number() }),
  /** What a person does about everything that waits for one */
  z.object({ attend: z.literal(true) }),
  z.object({ stop: z.literal(true) }),
])
export type Order = z.infer<typeof order>

/** An issued document as the caller got it. */
const acknowledgement = z.object({
  sale: z.int(),
  id: z.string(),
  uuid: z.string(),
  icv: z.int(),
  hash: z.string(),
})
export type Acknowledgement = z.infer<typeof acknowledgement>

export const report = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ acknowledged: acknowledgement }),
  z.object({ refused: z.object({ sale: z.int(), code: z.string() }) }),
  z.object({ happened: z.string() }),
  /** Documents that a person sent again or whose chain a person opened */
  z.object({ attended: z.int() }),
  /** Documents without a final result */
  z.object({ open: z.int() }),
])
export type Report = z.infer<typeof report>
