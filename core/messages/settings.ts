/** Settings for disputed points as a person reads them: what is decided, what the values mean, and where the default comes from. */
import { type Bilingual, text } from './text.ts'

export interface SettingTexts {
  readonly title: Bilingual
  /** The English source stands in the table of settings */
  readonly sourceInArabic: string
  /** What a number counts */
  readonly unit?: Bilingual
  /** The values that can be chosen, in words */
  readonly choices?: readonly { readonly value: string | number | boolean; readonly words: Bilingual }[]
}

const seconds = text('seconds', 'ثانية')
const choice = (value: string | number | boolean, words: Bilingual) => ({ value, words })

export const settingTexts = {
  selfBilledCertificate: {
    title: text(
      'Whose VAT number the certificate carries on a self-billed document',
      'الرقم الضريبي في الشهادة عند الفوترة الذاتية',
    ),
    sourceInArabic: 'غير موثق. نموذج الهيئة (SDK) موقّع بشهادة البائع، واللائحة تجيز للمشتري الإصدار.',
    choices: [
      choice('either', text('Seller or buyer', 'البائع أو المشتري')),
      choice('seller', text('Seller only', 'البائع فقط')),
      choice('buyer', text('Buyer only', 'المشتري فقط')),
    ],
  },
  pihAfterRenewal: {
    title: text('Previous hash of the first document after a renewal', 'بصمة المستند السابق لأول مستند بعد التجديد'),
    sourceInArabic: 'نتيجة لقاعدة: تسلسل واحد لكل شهادة.',
    choices: [
      choice('genesis', text('Begins anew', 'تبدأ من جديد')),
      choice('continue', text('Continues the chain before', 'تتابع السلسلة السابقة')),
    ],
  },
  qrTotal: {
    title: text('Total in the QR code (tag 4)', 'الإجمالي في رمز الاستجابة السريعة (الحقل 4)'),
    sourceInArabic: 'أداة الهيئة (SDK) من الإصدار 3.3.1: المبلغ المستحق (BT-115).',
    choices: [
      choice('payable', text('Amount due', 'المبلغ المستحق')),
      choice('tax-inclusive', text('Total with VAT', 'الإجمالي شامل الضريبة')),
    ],
  },
  sellerNameBytes: {
    title: text('Longest name of the seller in the QR code', 'أقصى طول لاسم البائع في رمز الاستجابة السريعة'),
    sourceInArabic: 'لوحظ على خوادم الهيئة، ونفته رسميًا.',
    unit: text('bytes', 'بايت'),
  },
  transactionCodeDigits: {
    title: text('Digits of the transaction code (KSA-2)', 'عدد خانات رمز المعاملة (KSA-2)'),
    sourceInArabic: 'معيار XML الإصدار 1.1، وأداة الهيئة (SDK) تقبل 8 و9 أيضًا.',
    choices: [choice(7, text('Seven', 'سبع')), choice(8, text('Eight', 'ثمان')), choice(9, text('Nine', 'تسع'))],
  },
  signStandardDocuments: {
    title: text('Stamp standard documents before clearance', 'ختم الفواتير الضريبية قبل اعتمادها'),
    sourceInArabic: 'يلزم عند إيقاف الاعتماد لدى الهيئة، ولا ضرر منه في غير ذلك.',
    choices: [choice(true, text('Yes', 'نعم')), choice(false, text('No', 'لا'))],
  },
  gatewayTimeoutSeconds: {
    title: text('How long an answer of ZATCA is waited for', 'مدة انتظار رد الهيئة'),
    sourceInArabic: 'بوابة الهيئة نفسها تعيد المحاولة نحو 30 ثانية.',
    unit: seconds,
  },
  unknownOutcomeHours: {
    title: text(
      'How long a document without a clear answer is sent again',
      'مدة تكرار إرسال المستند الذي لم يصل رد واضح عليه',
    ),
    sourceInArabic: 'نصف ساعة دون المدة التي تتعرف فيها الهيئة على المكرر.',
    unit: text('hours', 'ساعة'),
  },
  clockStepBackSeconds: {
    title: text('Step back of the clock that is waited out', 'تراجع الساعة الذي يُنتظر انقضاؤه'),
    sourceInArabic: 'ترتيب الختم يجب أن يوافق ترتيب العداد.',
    unit: seconds,
  },
  clockSkewSeconds: {
    title: text(
      "Difference from ZATCA's clock from which nothing is issued",
      'الفرق عن ساعة الهيئة الذي يتوقف عنده الإصدار',
    ),
    sourceInArabic: 'غير موثق. وقت الإصدار ووقت التوقيع مأخوذان من ساعة الجهاز.',
    unit: seconds,
  },
} as const satisfies Readonly<Record<string, SettingTexts>>
