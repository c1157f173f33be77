/**
 * Proves an exported archive from its files alone: neither database nor key is needed, only the certificates that stand in the stamps.
 * Every certificate has its own chain, from counter 1 and the genesis hash on.
 */
import { createHash, type X509Certificate } from 'node:crypto'
import { asFailure } from '#core/errors.ts'
import { type Certificate, parseCertificate } from '#core/zatca/certificate.ts'
import { chainField } from '#core/zatca/chain.ts'
import { isIssuedBy } from './issued-by.ts'
import type { Manifest } from './manifest.ts'
import { type ChainHead, equal, type LinkProof, readLink, start } from './verify-chain.ts'

export interface ArchiveFile {
  /** Inside the archive, with `/` */
  readonly path: string
  readonly bytes: Uint8Array
}

export interface ArchiveProblem extends LinkProof {
  readonly path: string
  readonly icv?: number
}

/** The documents of one certificate. */
export interface ArchivedChain {
  readonly vatNumber: string | undefined
  readonly subject: string
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  readonly documents: number
  readonly firstIcv: number
  readonly lastIcv: number
  readonly ok: boolean
}

export interface ArchiveReport {
  readonly ok: boolean
  /** False where nobody said whom to trust: the certificates then say themselves who issued them */
  readonly issuersChecked: boolean
  /** Documents; whatever else lies in the folder is compared with the manifest only */
  readonly files: number
  /** Files with ZATCA's own stamp */
  readonly cleared: number
  readonly chains: readonly ArchivedChain[]
  readonly problems: readonly ArchiveProblem[]
}

export interface ArchiveOptions {
  /** SHA-256 in hex by path, from the archive's manifest */
  readonly manifest?: Manifest | undefined
  /** Authorities that every certificate must come from: the sellers' and the one that ZATCA stamps with */
  readonly authorities?: readonly X509Certificate[] | undefined
  /** The archive holds a period, so that chains may begin after their first document */
  readonly partial?: boolean
  readonly onProgress?: (files: number) => void
}

/** Keeps a few short texts for each file, never the file. */
export const verifyArchive = async (
  files: AsyncIterable<ArchiveFile>,
  { manifest, authorities, partial = false, onProgress = () => undefined }: ArchiveOptions = {},
): Promise<ArchiveReport> => {
  const index = await indexOf(files, manifest, onProgress)
  const chains = [...byCertificate(index.signed)].map(inOrder)
  const ends = new Set(chains.map((chain) => chain.at(-1)?.hash))
  const walks = chains.map((chain) => walk(chain, beginningOf(chain, ends, partial)))
  const problems = [
    ...index.problems,
    ...missingFiles(manifest, index.paths),
    ...walks.flatMap((walked) => walked.problems),
    ...clearedProblems(index),
    ...(authorities === undefined ? [] : issuerProblems(index, authorities)),
  ]
  return {
    ok: problems.length === 0,
    issuersChecked: authorities !== undefined,
    files: [...index.paths].filter(isDocument).length,
    cleared: index.cleared.length,
    chains: walks.map(({ chain }) => chain),
    problems,
  }
}

// ---- each file ---------------------------------------------------------------------------------------------------------

interface Entry {
  readonly path: string
  readonly icv: number
  readonly pih: string
  readonly uuid: string
  readonly hash: string
  readonly certificate: string
  readonly vatNumber: string | undefined
}

interface Index {
  readonly paths: Set<string>
  readonly signed: Entry[]
  readonly cleared: Entry[]
  readonly problems: ArchiveProblem[]
}

const indexOf = async (
  files: AsyncIterable<ArchiveFile>,
  manifest: ArchiveOptions['manifest'],
  onProgress: (files: number) => void,
): Promise<Index> => {
  const index: Index = { paths: new Set(), signed: [], cleared: [], problems: [] }
  for await (const file of files) {
    index.paths.add(file.path)
    if (manifest !== undefined) index.problems.push(...manifestProblems(file, manifest))
    if (isDocument(file.path)) await addFile(index, file)
    onProgress(index.paths.size)
  }
  return index
}

const isDocument = (path: string): boolean => path.toLowerCase().endsWith('.xml')

const addFile = async (index: Index, { path, bytes }: ArchiveFile): Promise<void> => {
  try {
    const { entry, broken } = await readEntry(path, bytes)
    index.problems.push(...broken.map((proof) => ({ ...proof, path, icv: entry.icv })))
    // The authority's own certificate names no taxpayer: it stamps what it has cleared (spec E2).
    if (entry.vatNumber === undefined) index.cleared.push(entry)
    else index.signed.push(entry)
  } catch (error) {
    index.problems.push({ id: 'FILE/readable', ok: false, path, found: asFailure(error).code })
  }
}

const readEntry = async (path: string, bytes: Uint8Array) => {
  const { invoice, stamp, hash, checks } = await readLink(bytes)
  const { text, vatNumber } = parseCertificate(stamp.certificate ?? '')
  const entry: Entry = {
    path,
    icv: Number(chainField(invoice, 'ICV')),
    pih: chainField(invoice, 'PIH') ?? '',
    uuid: invoice.uuid ?? '',
    hash,
    certificate: text,
    vatNumber,
  }
  const broken = checks.filter(({ id, ok }) => !ok && !(vatNumber === undefined && id === 'CERTIFICATE/vatNumber'))
  return { entry, broken }
}

const manifestProblems = (
  { path, bytes }: ArchiveFile,
  manifest: NonNullable<ArchiveOptions['manifest']>,
): readonly ArchiveProblem[] => {
  const proof = equal('MANIFEST/sha256', manifest.get(path) ?? 'not listed', sha256(bytes))
  return proof.ok ? [] : [{ ...proof, path }]
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const missingFiles = (manifest: ArchiveOptions['manifest'], found: ReadonlySet<string>): readonly ArchiveProblem[] =>
  [...(manifest?.keys() ?? [])]
    .filter((path) => !found.has(path))
    .map((path) => ({ id: 'MANIFEST/missing', ok: false, path }))

// ---- each chain --------------------------------------------------------------------------------------------------------

const byCertificate = (entries: readonly Entry[]): Iterable<readonly Entry[]> =>
  Map.groupBy(entries, ({ certificate }) => certificate).values()

const inOrder = (entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((one, other) => one.icv - other.icv || one.path.localeCompare(other.path))

/** With the genesis value, or with the end of another chain where a renewal went on with it (`pihAfterRenewal`). */
const beginningOf = ([first]: readonly Entry[], ends: ReadonlySet<string | undefined>, partial: boolean): ChainHead => {
  if (first !== undefined && partial) return { icv: first.icv - 1, hash: first.pih }
  return first !== undefined && ends.has(first.pih) ? { ...start, hash: first.pih } : start
}

/** Behind a gap the next previous hash cannot be compared; the gap itself is the problem then. */
const walk = (sorted: readonly Entry[], beginning: ChainHead) => {
  const problems: ArchiveProblem[] = []
  let head = beginning
  for (const { path, icv, pih, hash } of sorted) {
    const proofs = [
      equal('CHAIN/icv', String(head.icv + 1), String(icv)),
      equal('CHAIN/pih', head.icv + 1 === icv ? head.hash : pih, pih),
    ]
    problems.push(...proofs.filter(({ ok }) => !ok).map((proof) => ({ ...proof, path, icv })))
    head = { icv, hash }
  }
  return { chain: chainOf(sorted, problems.length === 0), problems }
}

const chainOf = (sorted: readonly Entry[], ok: boolean): ArchivedChain => {
  const certificate: Certificate = parseCertificate(sorted[0]?.certificate ?? '')
  const { vatNumber, subject, serial, notBefore, notAfter } = certificate
  return {
    vatNumber,
    subject,
    serial,
    notBefore,
    notAfter,
    documents: sorted.length,
    firstIcv: sorted[0]?.icv ?? 0,
    lastIcv: sorted.at(-1)?.icv ?? 0,
    ok,
  }
}

/** One problem for each certificate, at the first file that it stamped. */
const issuerProblems = (
  { signed, cleared }: Index,
  authorities: readonly X509Certificate[],
): readonly ArchiveProblem[] => {
  const firsts = [...byCertificate([...signed, ...cleared])].flatMap(([first]) => first ?? [])
  return firsts
    .filter(({ certificate }) => !isIssuedBy(parseCertificate(certificate).der, authorities))
    .map(({ path, icv, certificate }) => {
      return { id: 'CERTIFICATE/issuer', ok: false, path, icv, found: parseCertificate(certificate).issuer }
    })
}

/** What the authority stamped must be one of the signed documents, with the same hash. */
const clearedProblems = ({ signed, cleared }: Index): readonly ArchiveProblem[] => {
  const hashes = new Map(signed.map(({ uuid, hash }) => [uuid, hash]))
  return cleared.flatMap(({ uuid, hash, path, icv }) => {
    const proof = equal('CLEARED/hash', hashes.get(uuid) ?? 'no signed document', hash)
    return proof.ok ? [] : [{ ...proof, path, icv }]
  })
}
