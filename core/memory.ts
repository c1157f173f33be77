/** A few answers kept for the next time: only such as follow from their question alone, so that none can be out of date. */

export interface Memory<Answer> {
  get(question: string): Answer | undefined
  /** Gives the answer back; of too many the oldest is forgotten. */
  keep(question: string, answer: Answer): Answer
}

export const memory = <Answer>(most = 500): Memory<Answer> => {
  const kept = new Map<string, Answer>()
  return {
    get: (question) => kept.get(question),
    keep: (question, answer) => {
      const [oldest] = kept.keys()
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest)
      kept.set(question, answer)
      return answer
    },
  }
}
