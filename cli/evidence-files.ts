/** The evidence bundle of a document as files that people without this program can read and check. */
import type { evidenceView } from '#core/api/handlers/evidence-view.ts'
import { type EvidenceValue, evidenceReadme, proofWords } from '#core/messages/evidence.ts'
import { filledIn, type Language } from '#core/messages/text.ts'
import { sha256Hex } from '#core/workflow/fingerprint.ts'
import { manifestName, manifestText } from '#core/workflow/proving/manifest.ts'

type Evidence = ReturnType<typeof evidenceView>

interface EvidenceFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** README in both languages, the bundle itself, the stored files, every answer, and the manifest over all of them. */
export const evidenceFiles = (evidence: Evidence): readonly EvidenceFile[] => {
  const files = [
    file('README.txt', `${readme(evidence, 'ar')}\n${readme(evidence, 'en')}`),
    file('evidence.json', `${JSON.stringify(evidence, undefined, 2)}\n`),
    stored('signed', evidence.signed),
    ...(evidence.cleared === undefined ? [] : [stored('cleared', evidence.cleared)]),
    ...evidence.transmissions.flatMap(({ fence, response }) =>
      response === undefined ? [] : [file(`answers/${fence}.txt`, response)],
    ),
  ]
  const manifest = new Map(files.map(({ path, bytes }) => [path, sha256Hex(bytes)]))
  return [...files, file(manifestName, manifestText(manifest))]
}

const file = (path: string, text: string): EvidenceFile => ({ path, bytes: Buffer.from(text) })

const stored = (folder: string, { fileName, base64 }: Evidence['signed']): EvidenceFile => ({
  path: `${folder}/${fileName}`,
  bytes: Buffer.from(base64, 'base64'),
})

/** Proofs that do not hold, by their names. */
export const brokenProofs = ({ proofs, signed, cleared }: Evidence): readonly string[] =>
  [...proofs, ...signed.proofs, ...(cleared?.proofs ?? [])].flatMap(({ id, ok }) => (ok ? [] : [id]))

const readme = (evidence: Evidence, language: Language): string => {
  const { document, company, madeAt, version, signed } = evidence
  const values: Record<EvidenceValue, string> = {
    number: document.number,
    company: company.name,
    vatNumber: company.vatNumber,
    icv: String(document.icv),
    uuid: document.uuid,
    state: document.standing.name[language],
    happened: document.standing.happened[language],
    madeAt,
    version,
    proofs: proofsIn(evidence, language),
    fileName: signed.fileName,
  }
  return evidenceReadme(language, values)
}

const proofsIn = (evidence: Evidence, language: Language): string => {
  const { proofs, signed, cleared } = evidence
  const broken = brokenProofs(evidence)
  const count = String(proofs.length + signed.proofs.length + (cleared?.proofs.length ?? 0))
  return filledIn(proofWords[broken.length === 0 ? 'whole' : 'broken'][language], { count, broken: broken.join(', ') })
}
