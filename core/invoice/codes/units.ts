/** BT-130: units of common use (UN/ECE Recommendation 20, and the `PCE` of ZATCA's own samples). Other codes are allowed. */
import type { Bilingual } from './bilingual.ts'

export const defaultUnit = 'PCE'

export const units = {
  PCE: { en: 'Piece', ar: 'قطعة' },
  SET: { en: 'Set', ar: 'طقم' },
  PR: { en: 'Pair', ar: 'زوج' },
  DZN: { en: 'Dozen', ar: 'درزن' },
  XBX: { en: 'Box', ar: 'صندوق' },
  XCT: { en: 'Carton', ar: 'كرتون' },
  XPK: { en: 'Pack', ar: 'عبوة' },
  XBG: { en: 'Bag', ar: 'كيس' },
  XBO: { en: 'Bottle', ar: 'قارورة' },
  XRO: { en: 'Roll', ar: 'لفة' },
  XPX: { en: 'Pallet', ar: 'طبلية' },
  RM: { en: 'Ream', ar: 'رزمة ورق' },
  GRM: { en: 'Gram', ar: 'جرام' },
  KGM: { en: 'Kilogram', ar: 'كيلوجرام' },
  TNE: { en: 'Tonne', ar: 'طن' },
  MLT: { en: 'Millilitre', ar: 'مليلتر' },
  LTR: { en: 'Litre', ar: 'لتر' },
  MTQ: { en: 'Cubic metre', ar: 'متر مكعب' },
  MTR: { en: 'Metre', ar: 'متر' },
  KMT: { en: 'Kilometre', ar: 'كيلومتر' },
  MTK: { en: 'Square metre', ar: 'متر مربع' },
  KWH: { en: 'Kilowatt hour', ar: 'كيلوواط ساعة' },
  MIN: { en: 'Minute', ar: 'دقيقة' },
  HUR: { en: 'Hour', ar: 'ساعة' },
  DAY: { en: 'Day', ar: 'يوم' },
  WEE: { en: 'Week', ar: 'أسبوع' },
  MON: { en: 'Month', ar: 'شهر' },
  ANN: { en: 'Year', ar: 'سنة' },
  E48: { en: 'Service unit', ar: 'خدمة' },
  LS: { en: 'Lump sum', ar: 'مبلغ مقطوع' },
  E49: { en: 'Working day', ar: 'يوم عمل' },
} as const satisfies Record<string, Bilingual>

export type UnitCode = keyof typeof units
