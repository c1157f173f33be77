/** BT-121, KSA-41: why no VAT is charged. The English texts are the official ones; Arabic as ZATCA's data dictionary words them. */
import type { VatCategory } from '../draft.ts'
import type { Bilingual } from './bilingual.ts'

interface ExemptionReason extends Bilingual {
  readonly category: VatCategory
  /** Accepted on a prepayment line too (BR-KSA-CL-07 has a shorter list than BR-KSA-CL-04) */
  readonly onPrepayment: boolean
}

const reason = (category: VatCategory, en: string, ar: string, onPrepayment = true): ExemptionReason => ({
  category,
  en,
  ar,
  onPrepayment,
})

export const exemptionReasons = {
  'VATEX-SA-29': reason('E', 'Financial services mentioned in Article 29 of the VAT Regulations', 'الخدمات المالية'),
  'VATEX-SA-29-7': reason(
    'E',
    'Life insurance services mentioned in Article 29 of the VAT Regulations',
    'عقد تأمين على الحياة',
  ),
  'VATEX-SA-30': reason(
    'E',
    'Real estate transactions mentioned in Article 30 of the VAT Regulations',
    'التوريدات العقارية المعفاة من الضريبة',
  ),
  'VATEX-SA-32': reason('Z', 'Export of goods', 'صادرات السلع من المملكة'),
  'VATEX-SA-33': reason('Z', 'Export of services', 'صادرات الخدمات من المملكة'),
  'VATEX-SA-34-1': reason('Z', 'The international transport of Goods', 'النقل الدولي للسلع'),
  'VATEX-SA-34-2': reason('Z', 'International transport of passengers', 'النقل الدولي للركاب'),
  'VATEX-SA-34-3': reason(
    'Z',
    'Services directly connected and incidental to a Supply of international passenger transport',
    'الخدمات المرتبطة مباشرة أو عرضياً بتوريد النقل الدولي للركاب',
  ),
  'VATEX-SA-34-4': reason('Z', 'Supply of a qualifying means of transport', 'توريد وسائل النقل المؤهلة'),
  'VATEX-SA-34-5': reason(
    'Z',
    'Any services relating to Goods or passenger transportation, as defined in article twenty five of these Regulations',
    'الخدمات ذات الصلة بنقل السلع أو الركاب، وفقاً للتعريف الوارد بالمادة الخامسة والعشرين',
  ),
  'VATEX-SA-35': reason('Z', 'Medicines and medical equipment', 'الأدوية والمعدات الطبية'),
  'VATEX-SA-36': reason('Z', 'Qualifying metals', 'المعادن المؤهلة'),
  'VATEX-SA-EDU': reason('Z', 'Private education to citizen', 'الخدمات التعليمية الخاصة للمواطنين'),
  'VATEX-SA-HEA': reason('Z', 'Private healthcare to citizen', 'الخدمات الصحية الخاصة للمواطنين'),
  'VATEX-SA-MLTRY': reason('Z', 'Supply of qualified military goods', 'توريد السلع العسكرية المؤهلة'),
  'VATEX-SA-DIPLOMAT': reason(
    'Z',
    'Qualified Supplies to Diplomatic Missions',
    'التوريدات المؤهلة للبعثات الدبلوماسية',
  ),
  'VATEX-SA-DUTYFREE': reason(
    'Z',
    'Qualified Supply of Goods in Duty Free area',
    'التوريد المؤهل للسلع في الأسواق الحرة',
  ),
  'VATEX-SA-ROYALDECREE': reason(
    'Z',
    'Supply on which the Government bears the VAT',
    'توريد تتحمل الدولة ضريبته',
    false,
  ),
  'VATEX-SA-32(bis)': reason(
    'Z',
    'Supply under Customs Suspension Arrangement',
    'توريد تحت وضع تعليق الرسوم الجمركية',
    false,
  ),
  'VATEX-SA-OOS': reason('O', 'Not subject to VAT', 'غير خاضعة للضريبة'),
} as const satisfies Record<string, ExemptionReason>

export type ExemptionReasonCode = keyof typeof exemptionReasons

/** The text written to BT-120 when the draft gives none: `English | Arabic`. */
export const exemptionText = (reason: Bilingual): string => `${reason.en} | ${reason.ar}`

/** Citizens' education and health: the buyer is identified by a national ID (BR-KSA-49). */
export const citizenOnlyReasons: readonly ExemptionReasonCode[] = ['VATEX-SA-EDU', 'VATEX-SA-HEA']
