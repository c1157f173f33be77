/** How far a long command has come: a line for every thousand documents, on the side that scripts do not read. */
import type { Terminal } from './terminal.ts'

const step = 1000
const documents = { en: 'documents proved', ar: 'مستندًا تم إثباتها' }

export const progress = ({ err, language }: Terminal): ((done: number) => void) => {
  let next = step
  return (done) => {
    if (done < next) return
    next = (Math.floor(done / step) + 1) * step
    err(`${done} ${documents[language]}`)
  }
}
