/** Which row of the state table a thing is shown with. */
import { describe, expect, it } from 'vitest'
import { heldTexts } from '#core/messages/held.ts'
import {
  chainStateTexts,
  documentStateTexts,
  documentTexts,
  roadTexts,
  shownState,
  stateTable,
} from '#core/messages/index.ts'
import { documentStates, roadReasons, unitStates } from '#core/vocabulary.ts'

const ids = (subject: keyof typeof stateTable) => stateTable[subject].map(({ id }) => id)

describe('the table', () => {
  it('has every stored state and reason, each once', () => {
    expect(ids('document')).toEqual(expect.arrayContaining([...documentStates]))
    expect(ids('unit')).toEqual(expect.arrayContaining([...unitStates]))
    expect(ids('road')).toEqual(expect.arrayContaining(roadReasons.map((reason) => `closed/${reason}`)))
    for (const rows of Object.values(stateTable)) expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })

  it('gives no two states of a subject the same name, in neither language', () => {
    for (const rows of Object.values(stateTable))
      for (const language of ['en', 'ar'] as const)
        expect(new Set(rows.map(({ name }) => name[language])).size).toBe(rows.length)
  })

  it('ends every sentence', () => {
    const sentences = Object.values(stateTable).flatMap((rows) =>
      rows.flatMap(({ happened, program, you }) => [happened, program, you].flatMap(({ en, ar }) => [en, ar])),
    )
    expect(sentences.filter((sentence) => !sentence.endsWith('.'))).toEqual([])
  })
})

describe('a document', () => {
  it.each([
    [{ state: 'cleared', warnings: 0 }, 'cleared'],
    [{ state: 'cleared', warnings: 2 }, 'cleared-with-warnings'],
    [{ state: 'reported', warnings: 1 }, 'reported-with-warnings'],
    [{ state: 'rejected', warnings: 1 }, 'rejected'],
    [{ state: 'rejected', supersededBy: 'document-2' }, 'corrected'],
    [{ state: 'waiting', warnings: 1 }, 'waiting'],
  ] as const)('%j is shown as %s', (standing, shown) => expect(shownState(standing)).toBe(shown))

  it('that is held says why', () => {
    expect(documentTexts({ state: 'held', heldReason: 'unsettled' })).toBe(heldTexts.unsettled)
  })

  it('with a reason of another release, or one that every object has, is shown by its state', () => {
    for (const heldReason of ['of-2031', 'constructor'])
      expect(documentTexts({ state: 'held', heldReason })).toBe(documentStateTexts.held)
  })
})

it('a road says why it is closed', () => {
  expect(roadTexts({ state: 'closed', reason: 'paused' }).name.en).toBe('Paused')
  expect(roadTexts({ state: 'probing', reason: 'unreachable' }).name.en).toBe('Trying')
  expect(roadTexts({ state: 'open' }).name.en).toBe('Open')
})

it('a chain says why it is frozen', () => {
  expect(chainStateTexts('frozen', 'cleared-mismatch').name.en).toMatch(/^Frozen: /)
  expect(chainStateTexts('frozen', 'of-2031').name.en).toBe('Chain frozen')
  expect(chainStateTexts('active', undefined).name.en).toBe('Chain in use')
})
