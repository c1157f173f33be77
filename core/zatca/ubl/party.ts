/** Seller and buyer (spec C4). */

import type { Address, Contact, Party, PartyLegalEntity, PartyRole, PartyTaxScheme } from '#core/invoice/document.ts'
import { group, identifier, localText, many, type Table, text } from './row.ts'
import { taxScheme } from './tax.ts'

const address: Table<Address> = {
  streetName: text('StreetName'),
  additionalStreetName: text('AdditionalStreetName'),
  buildingNumber: text('BuildingNumber'),
  plotIdentification: text('PlotIdentification'),
  citySubdivisionName: text('CitySubdivisionName'),
  cityName: text('CityName'),
  postalZone: text('PostalZone'),
  countrySubentity: text('CountrySubentity'),
  country: group('Country', { identificationCode: text('IdentificationCode') }),
}

const partyTaxScheme: Table<PartyTaxScheme> = {
  companyID: identifier('CompanyID'),
  taxScheme: group('TaxScheme', taxScheme),
}

const partyLegalEntity: Table<PartyLegalEntity> = {
  registrationName: text('RegistrationName'),
  companyID: identifier('CompanyID'),
}

const contact: Table<Contact> = {
  name: text('Name'),
  telephone: text('Telephone'),
  electronicMail: text('ElectronicMail'),
  note: many(localText('Note')),
}

const party: Table<Party> = {
  partyIdentification: many(group('PartyIdentification', { id: identifier('ID') })),
  partyName: many(group('PartyName', { name: text('Name') })),
  postalAddress: group('PostalAddress', address),
  partyTaxScheme: many(group('PartyTaxScheme', partyTaxScheme)),
  partyLegalEntity: many(group('PartyLegalEntity', partyLegalEntity)),
  contact: group('Contact', contact),
}

export const partyRole: Table<PartyRole> = {
  party: group('Party', party),
}
