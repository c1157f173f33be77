/** Seller and buyer: names, VAT numbers, other identifiers, addresses, contact. */
import { countries, homeCountry } from '../codes/countries.ts'
import { identificationSchemes } from '../codes/identification-schemes.ts'
import type { Address, Identifier, Party, PartyTaxScheme } from '../document.ts'
import { joined, type Located, placed } from './place.ts'
import { type Breach, type Check, document, error, every, none, type Rules, type Select, warning } from './rule.ts'
import type { Identification, PartyPart, Subject } from './subject.ts'
import { blank, filled, listed, normalized } from './text.ts'

export const sellerPath = '/Invoice/cac:AccountingSupplierParty/cac:Party'
export const buyerPath = '/Invoice/cac:AccountingCustomerParty/cac:Party'

export const seller = (subject: Subject): Party | undefined => subject.seller.node
export const buyer = (subject: Subject): Party | undefined => subject.buyer.node

const both = ({ seller, buyer }: Subject): readonly PartyPart[] => [seller, buyer]

const nameBelow = 'cac:PartyLegalEntity[1]/cbc:RegistrationName'
export const named = (party: Party | undefined): boolean =>
  party?.partyLegalEntity?.some(({ registrationName }) => filled(registrationName)) ?? false
const buyerName = (subject: Subject): string | undefined => buyer(subject)?.partyLegalEntity?.[0]?.registrationName

const vatNumber = /^3\d{13}3$/
const vatNumberBelow = 'cac:PartyTaxScheme[1]/cbc:CompanyID'
const vatNumbers = (party: Party | undefined): readonly string[] =>
  party?.partyTaxScheme?.flatMap(({ companyID }) => (companyID === undefined ? [] : [companyID.value])) ?? []

const taxSchemes = ({ seller }: Subject): readonly Located<PartyTaxScheme>[] =>
  placed(seller.node?.partyTaxScheme, seller, 'cac:PartyTaxScheme')

const buyerTaxSchemes = ({ buyer }: Subject): readonly Located<PartyTaxScheme>[] =>
  placed(buyer.node?.partyTaxScheme, buyer, 'cac:PartyTaxScheme').filter(({ node }) => node.companyID !== undefined)

const buyerIdentifiers = ({ buyer }: Subject): readonly Identification[] => buyer.identifiers
const allIdentifiers = ({ seller, buyer }: Subject): readonly Identification[] =>
  joined(seller.identifiers, buyer.identifiers)

/** The first identifier of either party: the one that most official tests look at. */
const firstIdentifiers = ({ seller, buyer }: Subject): readonly Identification[] =>
  joined(seller.identifiers.slice(0, 1), buyer.identifiers.slice(0, 1))

const schemesOf = (side: 'seller' | 'buyer'): ReadonlySet<string> =>
  new Set(Object.entries(identificationSchemes).flatMap(([code, scheme]) => (scheme[side] ? [code] : [])))
const schemes = { seller: schemesOf('seller'), buyer: schemesOf('buyer') }

/** The official lists as running text: any piece of them longer than two characters passes. */
const sellerSchemeText = 'CRN MOM MLS SAG OTH 700'
const buyerSchemeText = 'TIN NAT IQA PAS CRN MOM MLS 700 SAG GCC OTH'
const schemeWithin = (list: string, identifier: Identifier | undefined): boolean => {
  const scheme = normalized(identifier?.schemeID)
  return scheme.length > 2 && list.includes(scheme)
}

const schemeAndValue = ({ node }: Identification) => ({ scheme: normalized(node.schemeID), actual: node.value })

/** Identifiers of one scheme whose value has not the shape that ZATCA prescribes. */
const misshapen = (scheme: 'TIN' | 'CRN' | '700' | 'NAT' | 'IQA', of: Select<Identification>): Check =>
  every(of)(
    ({ node }) => normalized(node.schemeID) === scheme && !identificationSchemes[scheme].format.test(node.value),
    '',
    schemeAndValue,
  )

const runs = ['01234567', '12345678', '23456789', '76543210', '87654321', '98765432']
const looksInvented = ({ node, side }: Identification): boolean => {
  const allowed = schemes[side]
  const value = normalized(node.value)
  if (!allowed.has(normalized(node.schemeID).toUpperCase()) || !/^\p{Nd}+$/u.test(value)) return false
  return /([0-9])\1{7}/.test(value) || runs.some((run) => value.includes(run))
}

const sellerAddress = (subject: Subject): Address | undefined => seller(subject)?.postalAddress
const buyerAddress = (subject: Subject): Address | undefined => buyer(subject)?.postalAddress

/** Address parts by the element's name, in the order of the address. */
const addressParts = {
  'cbc:StreetName': (address) => address?.streetName,
  'cbc:BuildingNumber': (address) => address?.buildingNumber,
  'cbc:CitySubdivisionName': (address) => address?.citySubdivisionName,
  'cbc:CityName': (address) => address?.cityName,
  'cbc:PostalZone': (address) => address?.postalZone,
  'cac:Country/cbc:IdentificationCode': (address) => address?.country?.identificationCode,
} as const satisfies Record<string, (address: Address | undefined) => string | undefined>

type AddressPart = keyof typeof addressParts
const allParts = Object.keys(addressParts).filter((part): part is AddressPart => part in addressParts)
const abroadParts: readonly AddressPart[] = ['cbc:StreetName', 'cbc:CityName', 'cac:Country/cbc:IdentificationCode']

/** One breach for each part of an address that is not there. */
const missingParts = (
  address: Address | undefined,
  path: string,
  parts: readonly AddressPart[],
  isThere: (part: string | undefined) => boolean,
): readonly Breach[] =>
  parts
    .filter((part) => !isThere(addressParts[part](address)))
    .map((part) => ({ path: `${path}/cac:PostalAddress/${part}` }))

export const buyerInSaudiArabia = (subject: Subject): boolean =>
  buyerAddress(subject)?.country?.identificationCode === homeCountry

const postalCode = /^[0-9]{5}$/

export const partyRules = {
  'BR-06': warning(document((subject) => !named(seller(subject)), `${sellerPath}/${nameBelow}`)),
  'BR-08': warning(document((subject) => sellerAddress(subject) === undefined, `${sellerPath}/cac:PostalAddress`)),
  'BR-09': warning(
    document((subject) => {
      const address = sellerAddress(subject)
      return address !== undefined && !filled(address.country?.identificationCode)
    }, `${sellerPath}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`),
  ),
  'BR-CL-14': warning(
    every(both)(
      ({ node }) => {
        const country = node?.postalAddress?.country?.identificationCode
        return country !== undefined && !listed(countries, country)
      },
      'cac:PostalAddress/cac:Country/cbc:IdentificationCode',
      ({ node }) => ({ actual: node?.postalAddress?.country?.identificationCode ?? '' }),
    ),
  ),
  'BR-CUSTOM-VALIDATION-01': error(
    document((subject) => {
      const ofSeller = vatNumbers(seller(subject))
      return vatNumbers(buyer(subject)).some((number) => filled(number) && ofSeller.includes(number))
    }, `${buyerPath}/${vatNumberBelow}`),
  ),
  'BR-KSA-08': warning(
    document(
      (subject) => !schemeWithin(sellerSchemeText, seller(subject)?.partyIdentification?.[0]?.id),
      `${sellerPath}/cac:PartyIdentification[1]/cbc:ID`,
    ),
  ),
  'BR-KSA-09': warning((subject) => {
    const address = sellerAddress(subject)
    return address === undefined ? none : missingParts(address, sellerPath, allParts, (part) => part !== undefined)
  }),
  'BR-KSA-10': warning((subject) =>
    subject.transaction.isKnown && subject.transaction.standard
      ? missingParts(buyerAddress(subject), buyerPath, abroadParts, filled)
      : none,
  ),
  'BR-KSA-14': error(
    every(buyerIdentifiers)(({ node }) => !schemeWithin(buyerSchemeText, node), '@schemeID', schemeAndValue),
  ),
  'BR-KSA-37': warning(
    document(
      (subject) => {
        const party = seller(subject)
        return party !== undefined && !/^[0-9]{4}$/.test(party.postalAddress?.buildingNumber ?? '')
      },
      `${sellerPath}/cac:PostalAddress/cbc:BuildingNumber`,
      (subject) => ({ actual: sellerAddress(subject)?.buildingNumber ?? '' }),
    ),
  ),
  'BR-KSA-39': error(
    document((subject) => {
      const schemes = seller(subject)?.partyTaxScheme ?? []
      const isVat = schemes.some(({ taxScheme }) => normalized(taxScheme?.id?.value) === 'VAT')
      return !(isVat && schemes.some(({ companyID }) => filled(companyID?.value)))
    }, `${sellerPath}/${vatNumberBelow}`),
  ),
  'BR-KSA-40': error(
    every(taxSchemes)(
      ({ node }) =>
        node.companyID !== undefined && node.taxScheme?.id?.value === 'VAT' && !vatNumber.test(node.companyID.value),
      'cbc:CompanyID',
      ({ node }) => ({ actual: node.companyID?.value ?? '' }),
    ),
  ),
  'BR-KSA-42': warning(
    document(
      (subject) => subject.transaction.standard && buyer(subject) !== undefined && !named(buyer(subject)),
      `${buyerPath}/${nameBelow}`,
    ),
  ),
  'BR-KSA-44': error(
    every(buyerTaxSchemes)(
      ({ node }) => filled(node.companyID?.value) && !vatNumber.test(node.companyID?.value ?? ''),
      'cbc:CompanyID',
      ({ node }) => ({ actual: node.companyID?.value ?? '' }),
    ),
  ),
  'BR-KSA-63': warning((subject) =>
    subject.transaction.standard && buyerInSaudiArabia(subject)
      ? missingParts(buyerAddress(subject), buyerPath, allParts, (part) => !blank(part))
      : none,
  ),
  'BR-KSA-66': warning(
    document(
      (subject) => {
        const address = sellerAddress(subject)
        return address !== undefined && !postalCode.test(address.postalZone ?? '')
      },
      `${sellerPath}/cac:PostalAddress/cbc:PostalZone`,
      (subject) => ({ actual: sellerAddress(subject)?.postalZone ?? '' }),
    ),
  ),
  'BR-KSA-67': warning(
    document(
      (subject) =>
        subject.transaction.standard &&
        buyerInSaudiArabia(subject) &&
        !postalCode.test(buyerAddress(subject)?.postalZone ?? ''),
      `${buyerPath}/cac:PostalAddress/cbc:PostalZone`,
      (subject) => ({ actual: buyerAddress(subject)?.postalZone ?? '' }),
    ),
  ),
  'BR-KSA-71': warning(
    document(
      (subject) =>
        subject.transaction.code.startsWith('02') && subject.transaction.simplifiedSummary && blank(buyerName(subject)),
      `${buyerPath}/${nameBelow}`,
    ),
  ),
  'BR-KSA-81': warning(
    document(
      (subject) =>
        subject.transaction.standard &&
        vatNumbers(buyer(subject)).length === 0 &&
        blank(buyer(subject)?.partyIdentification?.[0]?.id?.value),
      `${buyerPath}/cac:PartyIdentification[1]/cbc:ID`,
    ),
  ),
  'BR-KSA-85': warning(
    document(
      (subject) => {
        const phone = buyer(subject)?.contact?.telephone
        return filled(phone) && !/^(?:0|\+)[0-9]{4,15}$/.test(phone ?? '')
      },
      `${buyerPath}/cac:Contact/cbc:Telephone`,
      (subject) => ({ actual: buyer(subject)?.contact?.telephone ?? '' }),
    ),
  ),
  'BR-KSA-99': warning(
    every(buyerTaxSchemes)(
      ({ node }, { transaction }) => transaction.standard && blank(node.companyID?.value),
      'cbc:CompanyID',
    ),
  ),
  'BR-KSA-F-07': warning(misshapen('TIN', buyerIdentifiers)),
  'BR-KSA-F-08': warning(misshapen('CRN', firstIdentifiers)),
  'BR-KSA-F-09': warning(misshapen('700', firstIdentifiers)),
  'BR-KSA-F-10': warning(misshapen('NAT', buyerIdentifiers)),
  'BR-KSA-F-11': warning(misshapen('IQA', buyerIdentifiers)),
  'BR-KSA-F-12': warning(
    every(firstIdentifiers)(
      (part) => {
        const raw = part.node.schemeID ?? ''
        return raw !== normalized(raw) && schemes[part.side].has(normalized(raw).toUpperCase())
      },
      '@schemeID',
      schemeAndValue,
    ),
  ),
  'BR-KSA-F-13': warning(every(allIdentifiers)(looksInvented, '', schemeAndValue)),
} satisfies Rules
