/** What a reader of a rule should know besides its sentence: where the official behaviour surprises. We follow the behaviour. */
import type { FindingId } from '#core/invoice/rules/findings.ts'

export const remarks: Readonly<Partial<Record<FindingId, string>>> = {
  XSD: 'UBL 2.1 schema: names, order, number, attributes and literals. The official validator stops here; we go on and report everything.',
  'KHATM-ONCE': 'Ours. UBL lets these elements repeat, the official stylesheets stop with an error on the second one.',
  'BR-KSA-F-02': 'Officially the stylesheet stops with an error on such a value, so that this id is never seen there.',
  'BR-KSA-04': 'Depends on the clock: the moment of judgement is given from outside (`--now`).',
  'BR-KSA-98': 'Depends on the clock: the moment of judgement is given from outside (`--now`).',
  'BR-KSA-84': 'The rate is cut down to a whole number first: 15.99 passes.',
  'BR-KSA-CL-06':
    'The official test looks for the code inside the whole list: pieces of it pass, and so does a missing code.',
  'BR-KSA-CL-02': "The official test looks for the attribute inside the document's currency: `SA` passes for `SAR`.",
  'BR-KSA-F-06-C9': "Hangs on the buyer's country, although it is about the seller.",
  'BR-KSA-F-06-C11': "Hangs on the seller's address, although it is about the buyer's.",
  'BR-KSA-72': "Fires only when the buyer's country is SA.",
  'BR-KSA-82': 'Zero written as `-0.00` is not zero to the official validator.',
  'BR-KSA-F-04': '`-0.00` counts as negative, as it does officially.',
  'BR-KSA-11': '`-0.00` counts as another rate than zero, as it does officially.',
  'BR-Z-07': 'A zero rate on any allowance or charge of the document satisfies the official test.',
  'BR-E-07': 'A zero rate on any allowance or charge of the document satisfies the official test.',
  'BR-CO-17': 'One halala for each line is let pass, computed in binary floating point.',
  'BR-KSA-79': 'One halala is let pass, computed in binary floating point.',
  'BR-KSA-93': 'Looked at only in a document that has category S somewhere.',
  'BR-KSA-94': 'Looked at only in a document that has category S somewhere.',
  'BR-KSA-95': 'Looked at only in a document that has category S somewhere.',
  'BR-KSA-96': 'Looked at only in a document that has category S somewhere.',
  'BR-KSA-CL-07':
    'Looked at only in a document that has category S somewhere; its list of codes is shorter than the one of the breakdown.',
  'QR/timeStamp': 'A time that ends in `Z` is compared in Riyadh time; a code with a `Z` is always warned about.',
  'QR/invoice_Total': 'Compared as text with the amount due (BT-115). The total with VAT instead is a warning only.',
  'QR/Tag-5_VatTotal': 'Asked for, not compared; `KHATM-QR-VAT` compares.',
  'SIGNATURE/X509IssuerName':
    'Compared with the certificate in the document; the SDK compares with the one in its own folder.',
  'SIGNATURE/X509SerialNumber':
    'Compared with the certificate in the document; the SDK compares with the one in its own folder.',
  'PIH/KSA-13': 'Judged only with `--pih`: a document alone does not tell what came before it.',
  'KHATM-SELLER-NAME': "ZATCA's service refuses a longer name in the QR code (QRCODE_INVALID); its validator does not.",
  'KHATM-QR-LENGTH': 'Foresees BR-CL-KSA-14 before a number is consumed; drafts only.',
  'KHATM-VAT-SAR': 'The official validator does not compare BT-111 with BT-110 in a document in riyals.',
  'KHATM-QR-VAT': 'The official validator only asks whether tag 5 is there.',
  'KHATM-EXEMPTION':
    'Two reasons in one category lead to warnings of BR-Z-08, BR-E-08 or BR-O-08, whatever the amounts are.',
  'KHATM-CITIZEN-ID': 'BR-KSA-49 is content with any text that is marked as a national identity.',
  'KHATM-CERTIFICATE-DATES':
    'A warning: a rejected document may be stamped anew with a later certificate and keeps its date.',
  'KHATM-DUPLICATE-NUMBER': 'Among the files of one call, for each seller.',
  'KHATM-DUPLICATE-UUID': 'Among the files of one call. The same hash is the same document, and found by its UUID.',
}
