/** BT-81, payment means (UNTDID 4461): the five that ZATCA names, and all codes that its rules accept (BR-KSA-16). */
import type { Bilingual } from './bilingual.ts'

export const paymentMeansTable = {
  '10': { en: 'Cash', ar: 'نقدًا' },
  '30': { en: 'Credit', ar: 'آجل' },
  '42': { en: 'Payment to bank account', ar: 'إيداع في حساب بنكي' },
  '48': { en: 'Bank card', ar: 'بطاقة بنكية' },
  '1': { en: 'Not defined', ar: 'غير محددة' },
} as const satisfies Record<string, Bilingual>

export type PaymentMeansCode = keyof typeof paymentMeansTable

export const acceptedPaymentMeans: ReadonlySet<string> = new Set(
  `1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
  41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 70 74 75 76 77 78
  91 92 93 94 95 96 97 ZZZ`.split(/\s+/),
)
