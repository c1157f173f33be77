/** What the driver needs from whatever spreads the requests: shares that can be set, answers that can be counted, a door to the new colour. */

export const colours = ['blue', 'green'] as const
export type Colour = (typeof colours)[number]
export const otherThan = (colour: Colour): Colour => (colour === 'blue' ? 'green' : 'blue')

/** Since the counters began: only differences mean something. */
export interface Counts {
  readonly answered: number
  /** Of these: 5xx, and connections that broke */
  readonly failed: number
}

export interface Road {
  /** This share of new requests (0 to 100) goes to the colour, the rest to the other one. */
  share(colour: Colour, percent: number): Promise<void>
  counts(colour: Colour): Promise<Counts>
  /** The status of an address of the colour, asked past the balancer */
  status(colour: Colour, path: string): Promise<number>
}
