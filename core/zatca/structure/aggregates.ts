/**
 * UBL 2.1 as far as an invoice reaches: the children of every aggregate in document order, as the schema states them. A name without
 * a prefix is `cbc:`; behind it `?` says optional, `*` any number, `+` at least one, nothing exactly one. `cac:PayeeParty=Party`
 * is an element whose aggregate has another name.
 */

export const aggregates: Readonly<Record<string, string>> = {
  Invoice: `
    ext:UBLExtensions? UBLVersionID? CustomizationID? ProfileID? ProfileExecutionID? ID CopyIndicator? UUID?
    IssueDate IssueTime? DueDate? InvoiceTypeCode? Note* TaxPointDate? DocumentCurrencyCode? TaxCurrencyCode?
    PricingCurrencyCode? PaymentCurrencyCode? PaymentAlternativeCurrencyCode? AccountingCostCode? AccountingCost?
    LineCountNumeric? BuyerReference? cac:InvoicePeriod=Period* cac:OrderReference? cac:BillingReference*
    cac:DespatchDocumentReference=DocumentReference* cac:ReceiptDocumentReference=DocumentReference*
    cac:StatementDocumentReference=DocumentReference* cac:OriginatorDocumentReference=DocumentReference*
    cac:ContractDocumentReference=DocumentReference* cac:AdditionalDocumentReference=DocumentReference*
    cac:ProjectReference* cac:Signature* cac:AccountingSupplierParty=SupplierParty
    cac:AccountingCustomerParty=CustomerParty cac:PayeeParty=Party? cac:BuyerCustomerParty=CustomerParty?
    cac:SellerSupplierParty=SupplierParty? cac:TaxRepresentativeParty=Party? cac:Delivery* cac:DeliveryTerms?
    cac:PaymentMeans* cac:PaymentTerms* cac:PrepaidPayment=Payment* cac:AllowanceCharge*
    cac:TaxExchangeRate=ExchangeRate? cac:PricingExchangeRate=ExchangeRate? cac:PaymentExchangeRate=ExchangeRate?
    cac:PaymentAlternativeExchangeRate=ExchangeRate? cac:TaxTotal* cac:WithholdingTaxTotal=TaxTotal*
    cac:LegalMonetaryTotal=MonetaryTotal cac:InvoiceLine+`,
  Address: `
    ID? AddressTypeCode? AddressFormatCode? Postbox? Floor? Room? StreetName? AdditionalStreetName? BlockName?
    BuildingName? BuildingNumber? InhouseMail? Department? MarkAttention? MarkCare? PlotIdentification?
    CitySubdivisionName? CityName? PostalZone? CountrySubentity? CountrySubentityCode? Region? District?
    TimezoneOffset? cac:AddressLine* cac:Country? cac:LocationCoordinate*`,
  AddressLine: 'Line',
  AirTransport: 'AircraftID',
  AllowanceCharge: `
    ID? ChargeIndicator AllowanceChargeReasonCode? AllowanceChargeReason* MultiplierFactorNumeric? PrepaidIndicator?
    SequenceNumeric? Amount BaseAmount? AccountingCostCode? AccountingCost? PerUnitAmount? cac:TaxCategory*
    cac:TaxTotal? cac:PaymentMeans*`,
  Attachment: 'EmbeddedDocumentBinaryObject? cac:ExternalReference?',
  BillingReference: `
    cac:InvoiceDocumentReference=DocumentReference? cac:SelfBilledInvoiceDocumentReference=DocumentReference?
    cac:CreditNoteDocumentReference=DocumentReference? cac:SelfBilledCreditNoteDocumentReference=DocumentReference?
    cac:DebitNoteDocumentReference=DocumentReference? cac:ReminderDocumentReference=DocumentReference?
    cac:AdditionalDocumentReference=DocumentReference? cac:BillingReferenceLine*`,
  BillingReferenceLine: 'ID Amount? cac:AllowanceCharge*',
  Branch: 'ID? Name? cac:FinancialInstitution? cac:Address?',
  CardAccount: `
    PrimaryAccountNumberID NetworkID CardTypeCode? ValidityStartDate? ExpiryDate? IssuerID? IssueNumberID? CV2ID?
    CardChipCode? ChipApplicationID? HolderName?`,
  Certificate: `
    ID CertificateTypeCode CertificateType Remarks* cac:IssuerParty=Party cac:DocumentReference* cac:Signature*`,
  Clause: 'ID? Content*',
  CommodityClassification: 'NatureCode? CargoTypeCode? CommodityCode? ItemClassificationCode?',
  Communication: 'ChannelCode? Channel? Value?',
  Condition: 'AttributeID Measure? Description* MinimumMeasure? MaximumMeasure?',
  Consignment: `
    ID CarrierAssignedID? ConsigneeAssignedID? ConsignorAssignedID? FreightForwarderAssignedID? BrokerAssignedID?
    ContractedCarrierAssignedID? PerformingCarrierAssignedID? SummaryDescription* TotalInvoiceAmount?
    DeclaredCustomsValueAmount? TariffDescription* TariffCode? InsurancePremiumAmount? GrossWeightMeasure?
    NetWeightMeasure? NetNetWeightMeasure? ChargeableWeightMeasure? GrossVolumeMeasure? NetVolumeMeasure?
    LoadingLengthMeasure? Remarks* HazardousRiskIndicator? AnimalFoodIndicator? HumanFoodIndicator?
    LivestockIndicator? BulkCargoIndicator? ContainerizedIndicator? GeneralCargoIndicator? SpecialSecurityIndicator?
    ThirdPartyPayerIndicator? CarrierServiceInstructions* CustomsClearanceServiceInstructions*
    ForwarderServiceInstructions* SpecialServiceInstructions* SequenceID? ShippingPriorityLevelCode? HandlingCode?
    HandlingInstructions* Information* TotalGoodsItemQuantity? TotalTransportHandlingUnitQuantity?
    InsuranceValueAmount? DeclaredForCarriageValueAmount? DeclaredStatisticsValueAmount? FreeOnBoardValueAmount?
    SpecialInstructions* SplitConsignmentIndicator? DeliveryInstructions* ConsignmentQuantity?
    ConsolidatableIndicator? HaulageInstructions* LoadingSequenceID? ChildConsignmentQuantity?
    TotalPackagesQuantity? cac:ConsolidatedShipment=Shipment* cac:CustomsDeclaration*
    cac:RequestedPickupTransportEvent=TransportEvent? cac:RequestedDeliveryTransportEvent=TransportEvent?
    cac:PlannedPickupTransportEvent=TransportEvent? cac:PlannedDeliveryTransportEvent=TransportEvent? cac:Status*
    cac:ChildConsignment=Consignment* cac:ConsigneeParty=Party? cac:ExporterParty=Party? cac:ConsignorParty=Party?
    cac:ImporterParty=Party? cac:CarrierParty=Party? cac:FreightForwarderParty=Party? cac:NotifyParty=Party?
    cac:OriginalDespatchParty=Party? cac:FinalDeliveryParty=Party? cac:PerformingCarrierParty=Party?
    cac:SubstituteCarrierParty=Party? cac:LogisticsOperatorParty=Party? cac:TransportAdvisorParty=Party?
    cac:HazardousItemNotificationParty=Party? cac:InsuranceParty=Party? cac:MortgageHolderParty=Party?
    cac:BillOfLadingHolderParty=Party? cac:OriginalDepartureCountry=Country? cac:FinalDestinationCountry=Country?
    cac:TransitCountry=Country* cac:TransportContract=Contract? cac:TransportEvent*
    cac:OriginalDespatchTransportationService=TransportationService?
    cac:FinalDeliveryTransportationService=TransportationService? cac:DeliveryTerms? cac:PaymentTerms?
    cac:CollectPaymentTerms=PaymentTerms? cac:DisbursementPaymentTerms=PaymentTerms?
    cac:PrepaidPaymentTerms=PaymentTerms? cac:FreightAllowanceCharge=AllowanceCharge*
    cac:ExtraAllowanceCharge=AllowanceCharge* cac:MainCarriageShipmentStage=ShipmentStage*
    cac:PreCarriageShipmentStage=ShipmentStage* cac:OnCarriageShipmentStage=ShipmentStage*
    cac:TransportHandlingUnit* cac:FirstArrivalPortLocation=Location? cac:LastExitPortLocation=Location?`,
  Contact: 'ID? Name? Telephone? Telefax? ElectronicMail? Note* cac:OtherCommunication=Communication*',
  Contract: `
    ID? IssueDate? IssueTime? NominationDate? NominationTime? ContractTypeCode? ContractType? Note* VersionID?
    Description* cac:ValidityPeriod=Period? cac:ContractDocumentReference=DocumentReference*
    cac:NominationPeriod=Period? cac:ContractualDelivery=Delivery?`,
  CorporateRegistrationScheme: 'ID? Name? CorporateRegistrationTypeCode? cac:JurisdictionRegionAddress=Address*',
  Country: 'IdentificationCode? Name?',
  CreditAccount: 'AccountID',
  CustomerParty: `
    CustomerAssignedAccountID? SupplierAssignedAccountID? AdditionalAccountID* cac:Party?
    cac:DeliveryContact=Contact? cac:AccountingContact=Contact? cac:BuyerContact=Contact?`,
  CustomsDeclaration: 'ID cac:IssuerParty=Party?',
  Delivery: `
    ID? Quantity? MinimumQuantity? MaximumQuantity? ActualDeliveryDate? ActualDeliveryTime? LatestDeliveryDate?
    LatestDeliveryTime? ReleaseID? TrackingID? cac:DeliveryAddress=Address? cac:DeliveryLocation=Location?
    cac:AlternativeDeliveryLocation=Location? cac:RequestedDeliveryPeriod=Period? cac:PromisedDeliveryPeriod=Period?
    cac:EstimatedDeliveryPeriod=Period? cac:CarrierParty=Party? cac:DeliveryParty=Party? cac:NotifyParty=Party*
    cac:Despatch? cac:DeliveryTerms* cac:MinimumDeliveryUnit=DeliveryUnit? cac:MaximumDeliveryUnit=DeliveryUnit?
    cac:Shipment?`,
  DeliveryTerms: `
    ID? SpecialTerms* LossRiskResponsibilityCode? LossRisk* Amount? cac:DeliveryLocation=Location?
    cac:AllowanceCharge?`,
  DeliveryUnit: 'BatchQuantity ConsumerUnitQuantity? HazardousRiskIndicator?',
  DependentPriceReference: 'Percent? cac:LocationAddress=Address? cac:DependentLineReference=LineReference?',
  Despatch: `
    ID? RequestedDespatchDate? RequestedDespatchTime? EstimatedDespatchDate? EstimatedDespatchTime?
    ActualDespatchDate? ActualDespatchTime? GuaranteedDespatchDate? GuaranteedDespatchTime? ReleaseID? Instructions*
    cac:DespatchAddress=Address? cac:DespatchLocation=Location? cac:DespatchParty=Party? cac:CarrierParty=Party?
    cac:NotifyParty=Party* cac:Contact? cac:EstimatedDespatchPeriod=Period? cac:RequestedDespatchPeriod=Period?`,
  DespatchLine: `
    ID UUID? Note* LineStatusCode? DeliveredQuantity? BackorderQuantity? BackorderReason* OutstandingQuantity?
    OutstandingReason* OversupplyQuantity? cac:OrderLineReference+ cac:DocumentReference* cac:Item cac:Shipment*`,
  Dimension: 'AttributeID Measure? Description* MinimumMeasure? MaximumMeasure?',
  DocumentReference: `
    ID CopyIndicator? UUID? IssueDate? IssueTime? DocumentTypeCode? DocumentType? XPath* LanguageID? LocaleCode?
    VersionID? DocumentStatusCode? DocumentDescription* cac:Attachment? cac:ValidityPeriod=Period?
    cac:IssuerParty=Party? cac:ResultOfVerification?`,
  EmissionCalculationMethod: `
    CalculationMethodCode? FullnessIndicationCode? cac:MeasurementFromLocation=Location?
    cac:MeasurementToLocation=Location?`,
  EnvironmentalEmission: 'EnvironmentalEmissionTypeCode ValueMeasure Description* cac:EmissionCalculationMethod*',
  ExchangeRate: `
    SourceCurrencyCode SourceCurrencyBaseRate? TargetCurrencyCode TargetCurrencyBaseRate? ExchangeMarketID?
    CalculationRate? MathematicOperatorCode? Date? cac:ForeignExchangeContract=Contract?`,
  ExternalReference: `
    URI? DocumentHash? HashAlgorithmMethod? ExpiryDate? ExpiryTime? MimeCode? FormatCode? EncodingCode?
    CharacterSetCode? FileName? Description*`,
  FinancialAccount: `
    ID? Name? AliasName? AccountTypeCode? AccountFormatCode? CurrencyCode? PaymentNote*
    cac:FinancialInstitutionBranch=Branch? cac:Country?`,
  FinancialInstitution: 'ID? Name? cac:Address?',
  GoodsItem: `
    ID? SequenceNumberID? Description* HazardousRiskIndicator? DeclaredCustomsValueAmount?
    DeclaredForCarriageValueAmount? DeclaredStatisticsValueAmount? FreeOnBoardValueAmount? InsuranceValueAmount?
    ValueAmount? GrossWeightMeasure? NetWeightMeasure? NetNetWeightMeasure? ChargeableWeightMeasure?
    GrossVolumeMeasure? NetVolumeMeasure? Quantity? PreferenceCriterionCode? RequiredCustomsID? CustomsStatusCode?
    CustomsTariffQuantity? CustomsImportClassifiedIndicator? ChargeableQuantity? ReturnableQuantity? TraceID?
    cac:Item* cac:GoodsItemContainer* cac:FreightAllowanceCharge=AllowanceCharge* cac:InvoiceLine* cac:Temperature*
    cac:ContainedGoodsItem=GoodsItem* cac:OriginAddress=Address? cac:Delivery? cac:Pickup? cac:Despatch?
    cac:MeasurementDimension=Dimension* cac:ContainingPackage=Package*
    cac:ShipmentDocumentReference=DocumentReference? cac:MinimumTemperature=Temperature?
    cac:MaximumTemperature=Temperature?`,
  GoodsItemContainer: 'ID Quantity? cac:TransportEquipment*',
  HazardousGoodsTransit: `
    TransportEmergencyCardCode? PackingCriteriaCode? HazardousRegulationCode? InhalationToxicityZoneCode?
    TransportAuthorizationCode? cac:MaximumTemperature=Temperature? cac:MinimumTemperature=Temperature?`,
  HazardousItem: `
    ID? PlacardNotation? PlacardEndorsement? AdditionalInformation* UNDGCode? EmergencyProceduresCode?
    MedicalFirstAidGuideCode? TechnicalName? CategoryName? HazardousCategoryCode? UpperOrangeHazardPlacardID?
    LowerOrangeHazardPlacardID? MarkingID? HazardClassID? NetWeightMeasure? NetVolumeMeasure? Quantity?
    cac:ContactParty=Party? cac:SecondaryHazard* cac:HazardousGoodsTransit* cac:EmergencyTemperature=Temperature?
    cac:FlashpointTemperature=Temperature? cac:AdditionalTemperature=Temperature*`,
  InvoiceLine: `
    ID UUID? Note* InvoicedQuantity? LineExtensionAmount TaxPointDate? AccountingCostCode? AccountingCost?
    PaymentPurposeCode? FreeOfChargeIndicator? cac:InvoicePeriod=Period* cac:OrderLineReference*
    cac:DespatchLineReference=LineReference* cac:ReceiptLineReference=LineReference* cac:BillingReference*
    cac:DocumentReference* cac:PricingReference? cac:OriginatorParty=Party? cac:Delivery* cac:PaymentTerms*
    cac:AllowanceCharge* cac:TaxTotal* cac:WithholdingTaxTotal=TaxTotal* cac:Item cac:Price? cac:DeliveryTerms?
    cac:SubInvoiceLine=InvoiceLine* cac:ItemPriceExtension=PriceExtension?`,
  Item: `
    Description* PackQuantity? PackSizeNumeric? CatalogueIndicator? Name? HazardousRiskIndicator?
    AdditionalInformation* Keyword* BrandName* ModelName* cac:BuyersItemIdentification=ItemIdentification?
    cac:SellersItemIdentification=ItemIdentification? cac:ManufacturersItemIdentification=ItemIdentification*
    cac:StandardItemIdentification=ItemIdentification? cac:CatalogueItemIdentification=ItemIdentification?
    cac:AdditionalItemIdentification=ItemIdentification* cac:CatalogueDocumentReference=DocumentReference?
    cac:ItemSpecificationDocumentReference=DocumentReference* cac:OriginCountry=Country?
    cac:CommodityClassification* cac:TransactionConditions* cac:HazardousItem*
    cac:ClassifiedTaxCategory=TaxCategory* cac:AdditionalItemProperty=ItemProperty* cac:ManufacturerParty=Party*
    cac:InformationContentProviderParty=Party? cac:OriginAddress=Address* cac:ItemInstance* cac:Certificate*
    cac:Dimension*`,
  ItemIdentification: `
    ID ExtendedID? BarcodeSymbologyID? cac:PhysicalAttribute* cac:MeasurementDimension=Dimension*
    cac:IssuerParty=Party?`,
  ItemInstance: `
    ProductTraceID? ManufactureDate? ManufactureTime? BestBeforeDate? RegistrationID? SerialID?
    cac:AdditionalItemProperty=ItemProperty* cac:LotIdentification?`,
  ItemLocationQuantity: `
    LeadTimeMeasure? MinimumQuantity? MaximumQuantity? HazardousRiskIndicator? TradingRestrictions*
    cac:ApplicableTerritoryAddress=Address* cac:Price? cac:DeliveryUnit* cac:ApplicableTaxCategory=TaxCategory*
    cac:Package? cac:AllowanceCharge* cac:DependentPriceReference?`,
  ItemProperty: `
    ID? Name NameCode? TestMethod? Value? ValueQuantity? ValueQualifier* ImportanceCode? ListValue*
    cac:UsabilityPeriod=Period? cac:ItemPropertyGroup* cac:RangeDimension=Dimension? cac:ItemPropertyRange?`,
  ItemPropertyGroup: 'ID Name? ImportanceCode?',
  ItemPropertyRange: 'MinimumValue? MaximumValue?',
  Language: 'ID? Name? LocaleCode?',
  LineReference: 'LineID UUID? LineStatusCode? cac:DocumentReference?',
  Location: `
    ID? Description* Conditions* CountrySubentity? CountrySubentityCode? LocationTypeCode? InformationURI? Name?
    cac:ValidityPeriod=Period* cac:Address? cac:SubsidiaryLocation=Location* cac:LocationCoordinate*`,
  LocationCoordinate: `
    CoordinateSystemCode? LatitudeDegreesMeasure? LatitudeMinutesMeasure? LatitudeDirectionCode?
    LongitudeDegreesMeasure? LongitudeMinutesMeasure? LongitudeDirectionCode? AltitudeMeasure?`,
  LotIdentification: 'LotNumberID? ExpiryDate? cac:AdditionalItemProperty=ItemProperty*',
  MaritimeTransport: `
    VesselID? VesselName? RadioCallSignID? ShipsRequirements* GrossTonnageMeasure? NetTonnageMeasure?
    cac:RegistryCertificateDocumentReference=DocumentReference? cac:RegistryPortLocation=Location?`,
  MonetaryTotal: `
    LineExtensionAmount? TaxExclusiveAmount? TaxInclusiveAmount? AllowanceTotalAmount? ChargeTotalAmount?
    PrepaidAmount? PayableRoundingAmount? PayableAmount PayableAlternativeAmount?`,
  OrderLineReference: 'LineID SalesOrderLineID? UUID? LineStatusCode? cac:OrderReference?',
  OrderReference: `
    ID SalesOrderID? CopyIndicator? UUID? IssueDate? IssueTime? CustomerReference? OrderTypeCode?
    cac:DocumentReference?`,
  Package: `
    ID? Quantity? ReturnableMaterialIndicator? PackageLevelCode? PackagingTypeCode? PackingMaterial* TraceID?
    cac:ContainedPackage=Package* cac:ContainingTransportEquipment=TransportEquipment? cac:GoodsItem*
    cac:MeasurementDimension=Dimension* cac:DeliveryUnit* cac:Delivery? cac:Pickup? cac:Despatch?`,
  Party: `
    MarkCareIndicator? MarkAttentionIndicator? WebsiteURI? LogoReferenceID? EndpointID? IndustryClassificationCode?
    cac:PartyIdentification* cac:PartyName* cac:Language? cac:PostalAddress=Address? cac:PhysicalLocation=Location?
    cac:PartyTaxScheme* cac:PartyLegalEntity* cac:Contact? cac:Person* cac:AgentParty=Party?
    cac:ServiceProviderParty* cac:PowerOfAttorney* cac:FinancialAccount?`,
  PartyIdentification: 'ID',
  PartyLegalEntity: `
    RegistrationName? CompanyID? RegistrationDate? RegistrationExpirationDate? CompanyLegalFormCode?
    CompanyLegalForm? SoleProprietorshipIndicator? CompanyLiquidationStatusCode? CorporateStockAmount?
    FullyPaidSharesIndicator? cac:RegistrationAddress=Address? cac:CorporateRegistrationScheme?
    cac:HeadOfficeParty=Party? cac:ShareholderParty*`,
  PartyName: 'Name',
  PartyTaxScheme: `
    RegistrationName? CompanyID? TaxLevelCode? ExemptionReasonCode? ExemptionReason*
    cac:RegistrationAddress=Address? cac:TaxScheme`,
  Payment: 'ID? PaidAmount? ReceivedDate? PaidDate? PaidTime? InstructionID?',
  PaymentMandate: `
    ID? MandateTypeCode? MaximumPaymentInstructionsNumeric? MaximumPaidAmount? SignatureID? cac:PayerParty=Party?
    cac:PayerFinancialAccount=FinancialAccount? cac:ValidityPeriod=Period? cac:PaymentReversalPeriod=Period?
    cac:Clause*`,
  PaymentMeans: `
    ID? PaymentMeansCode PaymentDueDate? PaymentChannelCode? InstructionID? InstructionNote* PaymentID*
    cac:CardAccount? cac:PayerFinancialAccount=FinancialAccount? cac:PayeeFinancialAccount=FinancialAccount?
    cac:CreditAccount? cac:PaymentMandate? cac:TradeFinancing?`,
  PaymentTerms: `
    ID? PaymentMeansID* PrepaidPaymentReferenceID? Note* ReferenceEventCode? SettlementDiscountPercent?
    PenaltySurchargePercent? PaymentPercent? Amount? SettlementDiscountAmount? PenaltyAmount?
    PaymentTermsDetailsURI? PaymentDueDate? InstallmentDueDate? InvoicingPartyReference?
    cac:SettlementPeriod=Period? cac:PenaltyPeriod=Period? cac:ExchangeRate? cac:ValidityPeriod=Period?`,
  Period: 'StartDate? StartTime? EndDate? EndTime? DurationMeasure? DescriptionCode* Description*',
  Person: `
    ID? FirstName? FamilyName? Title? MiddleName? OtherName? NameSuffix? JobTitle? NationalityID? GenderCode?
    BirthDate? BirthplaceName? OrganizationDepartment? cac:Contact? cac:FinancialAccount?
    cac:IdentityDocumentReference=DocumentReference* cac:ResidenceAddress=Address?`,
  PhysicalAttribute: 'AttributeID PositionCode? DescriptionCode? Description*',
  Pickup: `
    ID? ActualPickupDate? ActualPickupTime? EarliestPickupDate? EarliestPickupTime? LatestPickupDate?
    LatestPickupTime? cac:PickupLocation=Location? cac:PickupParty=Party?`,
  PowerOfAttorney: `
    ID? IssueDate? IssueTime? Description* cac:NotaryParty=Party? cac:AgentParty=Party cac:WitnessParty=Party*
    cac:MandateDocumentReference=DocumentReference*`,
  Price: `
    PriceAmount BaseQuantity? PriceChangeReason* PriceTypeCode? PriceType? OrderableUnitFactorRate?
    cac:ValidityPeriod=Period* cac:PriceList? cac:AllowanceCharge* cac:PricingExchangeRate=ExchangeRate?`,
  PriceExtension: 'Amount cac:TaxTotal*',
  PriceList: 'ID? StatusCode? cac:ValidityPeriod=Period* cac:PreviousPriceList=PriceList?',
  PricingReference: 'cac:OriginalItemLocationQuantity=ItemLocationQuantity? cac:AlternativeConditionPrice=Price*',
  ProjectReference: 'ID UUID? IssueDate? cac:WorkPhaseReference*',
  RailTransport: 'TrainID RailCarID?',
  ReceiptLine: `
    ID UUID? Note* ReceivedQuantity? ShortQuantity? ShortageActionCode? RejectedQuantity? RejectReasonCode?
    RejectReason* RejectActionCode? QuantityDiscrepancyCode? OversupplyQuantity? ReceivedDate? TimingComplaintCode?
    TimingComplaint? cac:OrderLineReference? cac:DespatchLineReference=LineReference* cac:DocumentReference*
    cac:Item* cac:Shipment*`,
  ResultOfVerification: `
    ValidatorID? ValidationResultCode? ValidationDate? ValidationTime? ValidateProcess? ValidateTool?
    ValidateToolVersion? cac:SignatoryParty=Party?`,
  RoadTransport: 'LicensePlateID',
  SecondaryHazard: 'ID? PlacardNotation? PlacardEndorsement? EmergencyProceduresCode? Extension*',
  ServiceFrequency: 'WeekDayCode',
  ServiceProviderParty: 'ID? ServiceTypeCode? ServiceType* cac:Party cac:SellerContact=Contact?',
  ShareholderParty: 'PartecipationPercent? cac:Party?',
  Shipment: `
    ID ShippingPriorityLevelCode? HandlingCode? HandlingInstructions* Information* GrossWeightMeasure?
    NetWeightMeasure? NetNetWeightMeasure? GrossVolumeMeasure? NetVolumeMeasure? TotalGoodsItemQuantity?
    TotalTransportHandlingUnitQuantity? InsuranceValueAmount? DeclaredCustomsValueAmount?
    DeclaredForCarriageValueAmount? DeclaredStatisticsValueAmount? FreeOnBoardValueAmount? SpecialInstructions*
    DeliveryInstructions* SplitConsignmentIndicator? ConsignmentQuantity? cac:Consignment* cac:GoodsItem*
    cac:ShipmentStage* cac:Delivery? cac:TransportHandlingUnit* cac:ReturnAddress=Address?
    cac:OriginAddress=Address? cac:FirstArrivalPortLocation=Location? cac:LastExitPortLocation=Location?
    cac:ExportCountry=Country? cac:FreightAllowanceCharge=AllowanceCharge*`,
  ShipmentStage: `
    ID? TransportModeCode? TransportMeansTypeCode? TransitDirectionCode? PreCarriageIndicator? OnCarriageIndicator?
    EstimatedDeliveryDate? EstimatedDeliveryTime? RequiredDeliveryDate? RequiredDeliveryTime? LoadingSequenceID?
    SuccessiveSequenceID? Instructions* DemurrageInstructions* CrewQuantity? PassengerQuantity?
    cac:TransitPeriod=Period? cac:CarrierParty=Party* cac:TransportMeans? cac:LoadingPortLocation=Location?
    cac:UnloadingPortLocation=Location? cac:TransshipPortLocation=Location?
    cac:LoadingTransportEvent=TransportEvent? cac:ExaminationTransportEvent=TransportEvent?
    cac:AvailabilityTransportEvent=TransportEvent? cac:ExportationTransportEvent=TransportEvent?
    cac:DischargeTransportEvent=TransportEvent? cac:WarehousingTransportEvent=TransportEvent?
    cac:TakeoverTransportEvent=TransportEvent? cac:OptionalTakeoverTransportEvent=TransportEvent?
    cac:DropoffTransportEvent=TransportEvent? cac:ActualPickupTransportEvent=TransportEvent?
    cac:DeliveryTransportEvent=TransportEvent? cac:ReceiptTransportEvent=TransportEvent?
    cac:StorageTransportEvent=TransportEvent? cac:AcceptanceTransportEvent=TransportEvent?
    cac:TerminalOperatorParty=Party? cac:CustomsAgentParty=Party? cac:EstimatedTransitPeriod=Period?
    cac:FreightAllowanceCharge=AllowanceCharge* cac:FreightChargeLocation=Location?
    cac:DetentionTransportEvent=TransportEvent* cac:RequestedDepartureTransportEvent=TransportEvent?
    cac:RequestedArrivalTransportEvent=TransportEvent? cac:RequestedWaypointTransportEvent=TransportEvent*
    cac:PlannedDepartureTransportEvent=TransportEvent? cac:PlannedArrivalTransportEvent=TransportEvent?
    cac:PlannedWaypointTransportEvent=TransportEvent* cac:ActualDepartureTransportEvent=TransportEvent?
    cac:ActualWaypointTransportEvent=TransportEvent? cac:ActualArrivalTransportEvent=TransportEvent?
    cac:TransportEvent* cac:EstimatedDepartureTransportEvent=TransportEvent?
    cac:EstimatedArrivalTransportEvent=TransportEvent? cac:PassengerPerson=Person* cac:DriverPerson=Person*
    cac:ReportingPerson=Person? cac:CrewMemberPerson=Person* cac:SecurityOfficerPerson=Person?
    cac:MasterPerson=Person? cac:ShipsSurgeonPerson=Person?`,
  Signature: `
    ID Note* ValidationDate? ValidationTime? ValidatorID? CanonicalizationMethod? SignatureMethod?
    cac:SignatoryParty=Party? cac:DigitalSignatureAttachment=Attachment?
    cac:OriginalDocumentReference=DocumentReference?`,
  Status: `
    ConditionCode? ReferenceDate? ReferenceTime? Description* StatusReasonCode? StatusReason* SequenceID? Text*
    IndicationIndicator? Percent? ReliabilityPercent? cac:Condition*`,
  Stowage: 'LocationID? Location* cac:MeasurementDimension=Dimension*',
  SupplierParty: `
    CustomerAssignedAccountID? AdditionalAccountID* DataSendingCapability? cac:Party? cac:DespatchContact=Contact?
    cac:AccountingContact=Contact? cac:SellerContact=Contact?`,
  TaxCategory: `
    ID? Name? Percent? BaseUnitMeasure? PerUnitAmount? TaxExemptionReasonCode? TaxExemptionReason* TierRange?
    TierRatePercent? cac:TaxScheme`,
  TaxScheme: 'ID? Name? TaxTypeCode? CurrencyCode? cac:JurisdictionRegionAddress=Address*',
  TaxSubtotal: `
    TaxableAmount? TaxAmount CalculationSequenceNumeric? TransactionCurrencyTaxAmount? Percent? BaseUnitMeasure?
    PerUnitAmount? TierRange? TierRatePercent? cac:TaxCategory`,
  TaxTotal: 'TaxAmount RoundingAmount? TaxEvidenceIndicator? TaxIncludedIndicator? cac:TaxSubtotal*',
  Temperature: 'AttributeID Measure Description*',
  TradeFinancing: `
    ID? FinancingInstrumentCode? cac:ContractDocumentReference=DocumentReference? cac:DocumentReference*
    cac:FinancingParty=Party cac:FinancingFinancialAccount=FinancialAccount? cac:Clause*`,
  TradingTerms: 'Information* Reference? cac:ApplicableAddress=Address?',
  TransactionConditions: 'ID? ActionCode? Description* cac:DocumentReference*',
  TransportEquipment: `
    ID? ReferencedConsignmentID* TransportEquipmentTypeCode? ProviderTypeCode? OwnerTypeCode? SizeTypeCode?
    DispositionCode? FullnessIndicationCode? RefrigerationOnIndicator? Information* ReturnabilityIndicator?
    LegalStatusIndicator? AirFlowPercent? HumidityPercent? AnimalFoodApprovedIndicator? HumanFoodApprovedIndicator?
    DangerousGoodsApprovedIndicator? RefrigeratedIndicator? Characteristics? DamageRemarks* Description*
    SpecialTransportRequirements* GrossWeightMeasure? GrossVolumeMeasure? TareWeightMeasure? TrackingDeviceCode?
    PowerIndicator? TraceID? cac:MeasurementDimension=Dimension* cac:TransportEquipmentSeal*
    cac:MinimumTemperature=Temperature? cac:MaximumTemperature=Temperature? cac:ProviderParty=Party?
    cac:LoadingProofParty=Party? cac:SupplierParty? cac:OwnerParty=Party? cac:OperatingParty=Party?
    cac:LoadingLocation=Location? cac:UnloadingLocation=Location? cac:StorageLocation=Location?
    cac:PositioningTransportEvent=TransportEvent* cac:QuarantineTransportEvent=TransportEvent*
    cac:DeliveryTransportEvent=TransportEvent* cac:PickupTransportEvent=TransportEvent*
    cac:HandlingTransportEvent=TransportEvent* cac:LoadingTransportEvent=TransportEvent* cac:TransportEvent*
    cac:ApplicableTransportMeans=TransportMeans? cac:HaulageTradingTerms=TradingTerms* cac:HazardousGoodsTransit*
    cac:PackagedTransportHandlingUnit=TransportHandlingUnit* cac:ServiceAllowanceCharge=AllowanceCharge*
    cac:FreightAllowanceCharge=AllowanceCharge* cac:AttachedTransportEquipment=TransportEquipment* cac:Delivery?
    cac:Pickup? cac:Despatch? cac:ShipmentDocumentReference=DocumentReference*
    cac:ContainedInTransportEquipment=TransportEquipment* cac:Package* cac:GoodsItem*`,
  TransportEquipmentSeal: 'ID SealIssuerTypeCode? Condition? SealStatusCode? SealingPartyType?',
  TransportEvent: `
    IdentificationID? OccurrenceDate? OccurrenceTime? TransportEventTypeCode? Description* CompletionIndicator?
    cac:ReportedShipment=Shipment? cac:CurrentStatus=Status* cac:Contact* cac:Location? cac:Signature? cac:Period*`,
  TransportHandlingUnit: `
    ID? TransportHandlingUnitTypeCode? HandlingCode? HandlingInstructions* HazardousRiskIndicator?
    TotalGoodsItemQuantity? TotalPackageQuantity? DamageRemarks* ShippingMarks* TraceID?
    cac:HandlingUnitDespatchLine=DespatchLine* cac:ActualPackage=Package*
    cac:ReceivedHandlingUnitReceiptLine=ReceiptLine* cac:TransportEquipment* cac:TransportMeans*
    cac:HazardousGoodsTransit* cac:MeasurementDimension=Dimension* cac:MinimumTemperature=Temperature?
    cac:MaximumTemperature=Temperature? cac:GoodsItem* cac:FloorSpaceMeasurementDimension=Dimension?
    cac:PalletSpaceMeasurementDimension=Dimension? cac:ShipmentDocumentReference=DocumentReference* cac:Status*
    cac:CustomsDeclaration* cac:ReferencedShipment=Shipment* cac:Package*`,
  TransportMeans: `
    JourneyID? RegistrationNationalityID? RegistrationNationality* DirectionCode? TransportMeansTypeCode?
    TradeServiceCode? cac:Stowage? cac:AirTransport? cac:RoadTransport? cac:RailTransport? cac:MaritimeTransport?
    cac:OwnerParty=Party? cac:MeasurementDimension=Dimension*`,
  TransportationService: `
    TransportServiceCode TariffClassCode? Priority? FreightRateClassCode? TransportationServiceDescription*
    TransportationServiceDetailsURI? NominationDate? NominationTime? Name? SequenceNumeric? cac:TransportEquipment*
    cac:SupportedTransportEquipment=TransportEquipment* cac:UnsupportedTransportEquipment=TransportEquipment*
    cac:CommodityClassification* cac:SupportedCommodityClassification=CommodityClassification*
    cac:UnsupportedCommodityClassification=CommodityClassification* cac:TotalCapacityDimension=Dimension?
    cac:ShipmentStage* cac:TransportEvent* cac:ResponsibleTransportServiceProviderParty=Party?
    cac:EnvironmentalEmission* cac:EstimatedDurationPeriod=Period? cac:ScheduledServiceFrequency=ServiceFrequency*`,
  WorkPhaseReference: `
    ID? WorkPhaseCode? WorkPhase* ProgressPercent? StartDate? EndDate?
    cac:WorkOrderDocumentReference=DocumentReference*`,
}
