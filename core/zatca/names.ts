/** Object identifiers of names, extensions and algorithms in ZATCA's requests and certificates (spec B2). */

export const oids = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  organization: '2.5.4.10',
  organizationUnit: '2.5.4.11',
  title: '2.5.4.12',
  businessCategory: '2.5.4.15',
  registeredAddress: '2.5.4.26',
  userId: '0.9.2342.19200300.100.1.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
  organizationIdentifier: '2.5.4.97',
  subjectAlternativeName: '2.5.29.17',
  certificateTemplate: '1.3.6.1.4.1.311.20.2',
  extensionRequest: '1.2.840.113549.1.9.14',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

/** The short names that the authority compares in `ds:X509IssuerName` (D3). */
export const shortNames: Readonly<Record<string, string>> = {
  [oids.commonName]: 'CN',
  [oids.domainComponent]: 'DC',
  [oids.organization]: 'O',
  [oids.organizationUnit]: 'OU',
  [oids.country]: 'C',
  [oids.locality]: 'L',
  [oids.state]: 'ST',
  [oids.userId]: 'UID',
  [oids.organizationIdentifier]: 'organizationIdentifier',
}
