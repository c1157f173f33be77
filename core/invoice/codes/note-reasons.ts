/** KSA-10: the events that oblige the seller to issue a credit or debit note (VAT Regulations, Articles 40(1) and 54(3)). */
import type { Bilingual } from './bilingual.ts'

/** Suggestions for the reason field; the text written is the Arabic or English one, or a free text. */
export const noteReasons = {
  cancellation: {
    en: 'Cancellation or suspension of the supply, in whole or in part',
    ar: 'إلغاء التوريد أو إيقافه كليًا أو جزئيًا',
  },
  'change-of-supply': {
    en: 'Material change in the nature of the supply that alters the VAT due',
    ar: 'تغيير جوهري في طبيعة التوريد يؤدي إلى تغيير الضريبة المستحقة',
  },
  'change-of-price': { en: 'Agreed change of the price', ar: 'تعديل قيمة التوريد المتفق عليها مسبقًا' },
  return: { en: 'Return of goods or services, or refund', ar: 'إرجاع السلع أو الخدمات أو استرداد قيمتها' },
  'change-of-party': { en: 'Change of seller or buyer data', ar: 'تعديل بيانات البائع أو المشتري' },
} as const satisfies Record<string, Bilingual>
