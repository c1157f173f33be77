/** Whether a certificate was issued by an authority that somebody trusts: ZATCA's own CA certificates, or those of the practice gateway. */
import { X509Certificate } from 'node:crypto'
import { Failure } from '#core/errors.ts'

/** The certificates of a PEM file, one or several. Throws `certificate/malformed` when there is none, or one that is none. */
export const authoritiesOf = (pem: string): readonly X509Certificate[] => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw new Failure('certificate/malformed', { reason: 'no certificate in PEM' })
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch (cause) {
    throw new Failure('certificate/malformed', { cause })
  }
}

/** By its signature and in its lifetime; one of those given is enough, whether it is a root or stands below one. */
export const isIssuedBy = (der: Uint8Array, authorities: readonly X509Certificate[]): boolean => {
  const certificate = new X509Certificate(der)
  return authorities.some(
    (authority) => authority.ca && covers(authority, certificate) && verifies(authority, certificate),
  )
}

const covers = (authority: X509Certificate, { validFromDate }: X509Certificate): boolean =>
  authority.validFromDate <= validFromDate && validFromDate <= authority.validToDate

/** A key of another kind cannot have signed it. */
const verifies = (authority: X509Certificate, certificate: X509Certificate): boolean => {
  try {
    return certificate.verify(authority.publicKey)
  } catch {
    return false
  }
}
