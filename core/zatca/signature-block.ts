/** Reads the XAdES signature of a stamped invoice out of its `ext:UBLExtensions` (spec D3). */

import type { SignatureInformation } from '#core/invoice/document.ts'
import type { XmlElement } from './scan.ts'

/** What stands in the block, as text; a part that is missing is absent. */
export interface SignatureBlock {
  /** The invoice hash that was signed. */
  readonly invoiceDigest?: string
  readonly signedPropertiesDigest?: string
  readonly signatureValue?: string
  /** Base64 text of `ds:X509Certificate`. */
  readonly certificate?: string
  readonly signingTime?: string
  readonly certificateDigest?: string
  readonly issuerName?: string
  readonly serialNumber?: string
  /** The `xades:SignedProperties` element with the white space it was sent with (D5). */
  readonly signedProperties?: string
}

/** `source` is the text that `extensions` was parsed from. */
export const readSignatureBlock = (extensions: XmlElement, source: string): SignatureBlock => {
  const signature = find(extensions, 'ds:Signature')
  const signedInfo = signature && find(signature, 'ds:SignedInfo')
  const references = signedInfo?.children.filter((child) => child.name === 'ds:Reference') ?? []
  const properties = signature && find(signature, 'xades:SignedProperties')
  const parts: { [K in keyof SignatureBlock]: string | undefined } = {
    invoiceDigest: textOf(
      references.find((entry) => !isProperties(entry)),
      'ds:DigestValue',
    ),
    signedPropertiesDigest: textOf(references.find(isProperties), 'ds:DigestValue'),
    signatureValue: textOf(signature, 'ds:SignatureValue'),
    certificate: textOf(signature, 'ds:X509Certificate'),
    signingTime: textOf(properties, 'xades:SigningTime'),
    certificateDigest: textOf(properties, 'ds:DigestValue'),
    issuerName: textOf(properties, 'ds:X509IssuerName'),
    serialNumber: textOf(properties, 'ds:X509SerialNumber'),
    signedProperties: properties && source.slice(properties.start, properties.end),
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}

/** The ids that BR-KSA-28 and -29 judge; undefined when the extensions hold no signature of UBL's kind. */
export const readSignatureInformation = (extensions: XmlElement): SignatureInformation | undefined => {
  const information = find(extensions, 'sac:SignatureInformation')
  if (information === undefined) return undefined
  const id = information.children.find((child) => child.name === 'cbc:ID')?.text
  const referenced = information.children.find((child) => child.name === 'sbc:ReferencedSignatureID')?.text
  return {
    ...(id === undefined ? {} : { id }),
    ...(referenced === undefined ? {} : { referencedSignatureID: referenced }),
  }
}

const isProperties = (reference: XmlElement): boolean => reference.attributes.get('URI') === '#xadesSignedProperties'

/** The first descendant of that name. */
const find = (element: XmlElement, name: string): XmlElement | undefined => {
  for (const child of element.children) {
    const found = child.name === name ? child : find(child, name)
    if (found !== undefined) return found
  }
  return undefined
}

const textOf = (element: XmlElement | undefined, name: string): string | undefined =>
  element && find(element, name)?.text.trim()
