/**
 * The schema's part around and inside the stamp (spec D3), in the notation of `aggregates.ts`, with `@` before an attribute. Where the
 * schema lets others add elements, `any`, `any+` and `any1` say how many there may be, and `text` lets text stand between them; what
 * such a place holds is judged by the checks of the signature.
 */

export const stampElements: Readonly<Record<string, string>> = {
  'ext:UBLExtensions': 'ext:UBLExtension+',
  'ext:UBLExtension': `
    ID? Name? ext:ExtensionAgencyID? ext:ExtensionAgencyName? ext:ExtensionVersionID? ext:ExtensionAgencyURI?
    ext:ExtensionURI? ext:ExtensionReasonCode? ext:ExtensionReason? ext:ExtensionContent`,
  'ext:ExtensionContent': 'any1',
  'sig:UBLDocumentSignatures': 'sac:SignatureInformation+',
  'sac:SignatureInformation': 'ID? sbc:ReferencedSignatureID? ds:Signature?',
  'ds:Signature': '@Id? ds:SignedInfo ds:SignatureValue ds:KeyInfo? ds:Object*',
  'ds:SignedInfo': '@Id? ds:CanonicalizationMethod ds:SignatureMethod ds:Reference+',
  'ds:CanonicalizationMethod': '@Algorithm text any',
  'ds:SignatureMethod': '@Algorithm text any',
  'ds:Reference': '@Id? @URI? @Type? ds:Transforms? ds:DigestMethod ds:DigestValue',
  'ds:Transforms': 'ds:Transform+',
  'ds:Transform': '@Algorithm text any',
  'ds:DigestMethod': '@Algorithm text any',
  'ds:KeyInfo': '@Id? text any+',
  'ds:X509Data': 'any+',
  'ds:Object': '@Id? @MimeType? @Encoding? text any',
  'xades:QualifyingProperties': '@Target @Id? xades:SignedProperties? xades:UnsignedProperties?',
  'xades:SignedProperties': '@Id? xades:SignedSignatureProperties? xades:SignedDataObjectProperties?',
  'xades:SignedSignatureProperties': `
    @Id? xades:SigningTime? xades:SigningCertificate? xades:SignaturePolicyIdentifier?
    xades:SignatureProductionPlace? xades:SignerRole?`,
  'xades:SigningCertificate': 'xades:Cert+',
  'xades:Cert': '@URI? xades:CertDigest xades:IssuerSerial',
  'xades:CertDigest': 'ds:DigestMethod ds:DigestValue',
  'xades:IssuerSerial': 'ds:X509IssuerName ds:X509SerialNumber',
  'xades:UnsignedProperties': '@Id? any',
  'xades:SignedDataObjectProperties': '@Id? any',
  'xades:SignaturePolicyIdentifier': 'any',
  'xades:SignatureProductionPlace': 'any',
  'xades:SignerRole': 'any',
}
