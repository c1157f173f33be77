/** Seller and buyer of a draft as UBL parties (BG-4, BG-7). */
import type { Address, Contact, Party, PartyRole } from './document.ts'
import type { DraftAddress, DraftParty } from './draft.ts'
import { given } from './given.ts'

const vatScheme = { id: { value: 'VAT' } }

/** Without a party the role stays empty, as an anonymous simplified invoice has it (the element itself is mandatory). */
export const completeParty = (party: DraftParty | undefined): PartyRole =>
  party === undefined ? {} : { party: ublParty(party) }

const ublParty = ({ name, vatNumber, id, address, contact }: DraftParty): Party =>
  given({
    partyIdentification: id && [{ id: { value: id.value, schemeID: id.scheme } }],
    postalAddress: address && ublAddress(address),
    // A buyer outside the VAT register has no PartyTaxScheme at all (BR-KSA-99).
    partyTaxScheme: vatNumber === undefined ? undefined : [{ companyID: { value: vatNumber }, taxScheme: vatScheme }],
    partyLegalEntity: name === undefined ? undefined : [{ registrationName: name }],
    contact: contact && ublContact(contact),
  })

const ublAddress = (address: DraftAddress): Address =>
  given({
    streetName: address.street,
    additionalStreetName: address.additionalStreet,
    buildingNumber: address.building,
    plotIdentification: address.plot,
    citySubdivisionName: address.district,
    cityName: address.city,
    postalZone: address.postalCode,
    countrySubentity: address.province,
    country: address.country === undefined ? undefined : { identificationCode: address.country },
  })

const ublContact = ({ name, phone, note }: NonNullable<DraftParty['contact']>): Contact =>
  given({ name, telephone: phone, note: note === undefined ? undefined : [{ value: note }] })
