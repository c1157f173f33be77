/** BT-98, BT-140: reason codes of allowances (UNTDID 5189 subset); optional. */
import type { Bilingual } from './bilingual.ts'

export const allowanceReasons = {
  '41': { en: 'Bonus for works ahead of schedule', ar: 'مكافأة إنجاز قبل الموعد' },
  '42': { en: 'Other bonus', ar: 'مكافأة أخرى' },
  '60': { en: "Manufacturer's consumer discount", ar: 'خصم المصنّع للمستهلك' },
  '62': { en: 'Due to military status', ar: 'خصم للعسكريين' },
  '63': { en: 'Due to work accident', ar: 'خصم لإصابة عمل' },
  '64': { en: 'Special agreement', ar: 'اتفاق خاص' },
  '65': { en: 'Production error discount', ar: 'خصم لعيب في الإنتاج' },
  '66': { en: 'New outlet discount', ar: 'خصم افتتاح فرع جديد' },
  '67': { en: 'Sample discount', ar: 'خصم عينات' },
  '68': { en: 'End-of-range discount', ar: 'خصم تصفية نهاية التشكيلة' },
  '70': { en: 'Incoterm discount', ar: 'خصم شروط التسليم الدولية' },
  '71': { en: 'Point of sales threshold allowance', ar: 'خصم بلوغ حد المبيعات' },
  '88': { en: 'Material surcharge or deduction', ar: 'فرق أسعار المواد' },
  '95': { en: 'Discount', ar: 'خصم' },
  '100': { en: 'Special rebate', ar: 'حسم خاص' },
  '102': { en: 'Fixed long term', ar: 'خصم ثابت طويل الأجل' },
  '103': { en: 'Temporary', ar: 'خصم مؤقت' },
  '104': { en: 'Standard', ar: 'خصم اعتيادي' },
  '105': { en: 'Yearly turnover', ar: 'خصم حجم التعامل السنوي' },
} as const satisfies Record<string, Bilingual>

export type AllowanceReasonCode = keyof typeof allowanceReasons
