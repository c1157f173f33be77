/** What sealing adds: counter (ICV), previous hash (PIH), QR code and the stamp's identifiers; asked of sealed documents only. */
import type { BinaryObject, DocumentReference } from '../document.ts'
import { type Located, pathOf } from './place.ts'
import { type Breach, document, error, every, type Rules, warning, whenSealed } from './rule.ts'
import type { Subject } from './subject.ts'
import { filled, length, normalized } from './text.ts'

const referencesPath = '/Invoice/cac:AdditionalDocumentReference'
const embedded = 'cac:Attachment/cbc:EmbeddedDocumentBinaryObject'

const references = ({ attachments }: Subject): readonly Located<DocumentReference>[] => attachments

const called =
  (id: 'ICV' | 'PIH' | 'QR') =>
  (subject: Subject): readonly Located<DocumentReference>[] =>
    references(subject).filter(({ node }) => normalized(node.id) === id)

const hashReferences = called('PIH')
const qrReferences = called('QR')

/** The reference that carries `id`, or the place behind the last one where it would stand. */
const placeOf = (subject: Subject, id: 'ICV' | 'PIH' | 'QR'): string => {
  const [first] = called(id)(subject)
  return first === undefined ? `${referencesPath}[${references(subject).length + 1}]` : pathOf(first)
}

const at = (subject: Subject, breaks: boolean, id: 'ICV' | 'PIH' | 'QR', below: string): readonly Breach[] =>
  breaks ? [{ path: `${placeOf(subject, id)}/${below}` }] : []

const content = ({ node }: Located<DocumentReference>): BinaryObject | undefined =>
  node.attachment?.embeddedDocumentBinaryObject

const isFilledText = (object: BinaryObject | undefined): boolean =>
  filled(object?.value) && normalized(object?.mimeCode) === 'text/plain'

/** Attachments other than PIH of a simplified document: there the official tests look for the stamp. */
const stampWitnesses = (subject: Subject): readonly Located<DocumentReference>[] =>
  subject.transaction.simplified
    ? references(subject).filter(({ node }) => node.attachment !== undefined && normalized(node.id) !== 'PIH')
    : []

const signatureUrn = 'urn:oasis:names:specification:ubl:signature:Invoice'

export const sealRules = {
  'BR-CL-KSA-14': whenSealed(
    error(
      every(qrReferences)((part) => {
        const code = content(part)?.value
        return code !== undefined && (length(code) > 1000 || code === '')
      }, embedded),
    ),
  ),
  'BR-KSA-26': whenSealed(
    warning(
      every(hashReferences)((part) => part.node.attachment !== undefined && !isFilledText(content(part)), embedded),
    ),
  ),
  'BR-KSA-27': whenSealed(
    warning((subject) => {
      const codes = qrReferences(subject)
        .filter(({ node }) => node.id === 'QR')
        .map(content)
      const isThere = codes.some(
        (code) => normalized(code?.value) !== '' && normalized(code?.mimeCode) === 'text/plain',
      )
      return at(subject, subject.transaction.simplified && !isThere, 'QR', embedded)
    }),
  ),
  'BR-KSA-28': whenSealed(
    error(
      every(stampWitnesses)(
        (part, { invoice }) =>
          !filled(content(part)?.value) ||
          invoice.signatureInformation?.id !== 'urn:oasis:names:specification:ubl:signature:1',
      ),
    ),
  ),
  'BR-KSA-29': whenSealed(
    warning(
      every(stampWitnesses)(
        (_part, { invoice }) =>
          !(invoice.signature ?? []).some(({ id }) => id === signatureUrn) ||
          normalized(invoice.signatureInformation?.referencedSignatureID) !== signatureUrn,
      ),
    ),
  ),
  'BR-KSA-30': whenSealed(
    error(
      every(stampWitnesses)(
        (part, { invoice }) =>
          !filled(content(part)?.value) ||
          !(invoice.signature ?? []).some(
            ({ signatureMethod }) => signatureMethod === 'urn:oasis:names:specification:ubl:dsig:enveloped:xades',
          ),
      ),
    ),
  ),
  'BR-KSA-33': whenSealed(
    error((subject) =>
      at(
        subject,
        called('ICV')(subject).length === 0 || !references(subject).some(({ node }) => filled(node.uuid)),
        'ICV',
        'cbc:UUID',
      ),
    ),
  ),
  'BR-KSA-34': whenSealed(
    error(
      every(references)(
        ({ node }) => node.uuid !== undefined && !/^[0-9]*$/.test(node.uuid),
        'cbc:UUID',
        ({ node }) => ({
          actual: node.uuid ?? '',
        }),
      ),
    ),
  ),
  'BR-KSA-60': whenSealed(
    warning(
      document(
        ({ invoice, transaction }) =>
          transaction.code.startsWith('02') &&
          !(invoice.signature ?? []).some(({ id = '', signatureMethod = '' }) => filled(id + signatureMethod)),
        '/Invoice/cac:Signature[1]',
      ),
    ),
  ),
  'BR-KSA-61': whenSealed(
    warning((subject) =>
      at(subject, !hashReferences(subject).some((part) => isFilledText(content(part))), 'PIH', embedded),
    ),
  ),
} satisfies Rules
