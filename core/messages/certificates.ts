/** Keys and certificates of a unit: what each is there for, how urgent its end is, and what to do about it. */
import type { CertificateAdvice, CertificateUse, ExpiryWarning } from '#core/vocabulary.ts'
import { type Bilingual, text } from './text.ts'

export const certificateUseTexts: Readonly<Record<CertificateUse, Bilingual>> = {
  'in-use': text('In use', 'قيد الاستخدام'),
  'under-way': text('For the compliance checks', 'لفحص الامتثال'),
  requested: text('Key without a certificate yet', 'مفتاح لم تصدر شهادته بعد'),
  old: text('Kept for the documents that it signed', 'محفوظة للمستندات الموقّعة بها'),
}

export const expiryWarningTexts: Readonly<Record<ExpiryWarning, Bilingual>> = {
  90: text('Ends within three months', 'تنتهي خلال ثلاثة أشهر'),
  30: text('Ends within a month', 'تنتهي خلال شهر'),
  14: text('Ends within two weeks', 'تنتهي خلال أسبوعين'),
  7: text('Ends within a week', 'تنتهي خلال أسبوع'),
  1: text('Ends within a day', 'تنتهي خلال يوم'),
  expired: text('Expired', 'منتهية'),
}

export const certificateAdviceTexts: Readonly<Record<CertificateAdvice, Bilingual>> = {
  nothing: text(
    'Nothing. Revoke it in the Fatoora portal only when the key was exposed, the device was lost or its data are wrong; that cannot be undone.',
    'لا شيء. لا تلغها من منصة فاتورة إلا عند انكشاف المفتاح أو فقدان الجهاز أو خطأ في بياناتها، فالإلغاء لا رجعة فيه.',
  ),
  renew: text(
    'Renew it with an OTP for renewal from the Fatoora portal. The unit goes on issuing meanwhile; afterwards its counter begins anew at 1.',
    'جدّدها برمز تحقق مخصص للتجديد من منصة فاتورة. يستمر الإصدار أثناء التجديد، ثم يبدأ عداد الوحدة من 1.',
  ),
  'register-anew': text(
    'ZATCA no longer accepts it. Register the unit anew with an OTP from the Fatoora portal; all documents are kept and what waits is sent afterwards.',
    'لم تعد الهيئة تقبلها. أعد ربط الوحدة برمز تحقق من منصة فاتورة؛ جميع المستندات محفوظة ويُرسل المنتظر منها بعد ذلك.',
  ),
  request: text(
    'Request the certificate with an OTP from the Fatoora portal.',
    'اطلب الشهادة برمز تحقق من منصة فاتورة.',
  ),
  continue: text('Continue with the checks; no new OTP is needed.', 'تابع فحص الامتثال، ولا حاجة إلى رمز تحقق جديد.'),
  'start-over': text(
    'It expired before the checks were finished. Start over with a new OTP; nothing is lost.',
    'انتهت صلاحيتها قبل اكتمال الفحص. ابدأ من جديد برمز تحقق جديد، ولن يُفقد شيء.',
  ),
  keep: text('Keep it. Nothing to do.', 'احتفظ بها. لا يلزم شيء.'),
}
