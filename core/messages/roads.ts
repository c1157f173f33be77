/** The way to ZATCA, open or closed for a reason: what happened, what the program does, what you do. */
import type { RoadReason } from '#core/vocabulary.ts'
import { nothing, type StateTexts } from './state-texts.ts'
import { text } from './text.ts'

export const openRoadTexts: Readonly<Record<'open' | 'probing', StateTexts>> = {
  open: {
    name: text('Open', 'متاح'),
    happened: text('ZATCA can be reached.', 'الاتصال بالهيئة متاح.'),
    program: text('It sends what waits, the most urgent first.', 'يرسل ما ينتظر، والأقرب إلى نهاية مهلته أولًا.'),
    you: nothing,
  },
  probing: {
    name: text('Trying', 'قيد التجربة'),
    happened: text('Sending was interrupted and is being tried again.', 'توقف الإرسال وتجري تجربته من جديد.'),
    program: text(
      'It sends one document; when that works it goes on with the others.',
      'يرسل مستندًا واحدًا، فإن نجح تابع البقية.',
    ),
    you: text('Wait a moment.', 'انتظر لحظات.'),
  },
}

export const closedRoadTexts: Readonly<Record<RoadReason, StateTexts>> = {
  paused: {
    name: text('Paused', 'موقوف مؤقتًا'),
    happened: text('A colleague has paused sending.', 'أوقف أحد المستخدمين الإرسال مؤقتًا.'),
    program: text(
      'It goes on issuing and keeps everything that waits; the 24-hour clocks go on.',
      'يستمر الإصدار ويُحفظ كل ما ينتظر، وتستمر مهلة 24 ساعة في السريان.',
    ),
    you: text('Choose "resume" when the reason for the pause is gone.', 'اختر «استئناف» عند زوال سبب الإيقاف.'),
  },
  unreachable: {
    name: text('Not reachable', 'الاتصال متعذر'),
    happened: text(
      'ZATCA cannot be reached, or fails again and again.',
      'يتعذر الاتصال بالهيئة أو تتكرر أعطال خدمتها.',
    ),
    program: text(
      'It keeps what waits and tries again by itself, each time with one document.',
      'يحفظ ما ينتظر ويعيد المحاولة من تلقاء نفسه بمستند واحد كل مرة.',
    ),
    you: text(
      'Go on issuing simplified invoices. If it lasts, check your own network first.',
      'واصل إصدار الفواتير المبسطة. وإن طال الأمر فافحص شبكتك أولًا.',
    ),
  },
  'sign-in-refused': {
    name: text('Sign-in refused', 'رُفض الدخول'),
    happened: text(
      'ZATCA refuses the certificate of the unit: it has expired or was revoked.',
      'رفضت الهيئة شهادة الوحدة: إما منتهية أو ملغاة.',
    ),
    program: text(
      'It keeps what waits of this unit and tries one document every quarter of an hour; all others go on.',
      'يحفظ ما ينتظر من هذه الوحدة ويجرّب مستندًا واحدًا كل ربع ساعة، وتستمر بقية الوحدات.',
    ),
    you: text(
      'Register the unit anew on the certificates page; sending goes on by itself after that.',
      'أعد ربط الوحدة من صفحة الشهادات، وبعدها يستأنف الإرسال تلقائيًا.',
    ),
  },
  misconfigured: {
    name: text('Wrong address', 'عنوان غير صحيح'),
    happened: text(
      "At ZATCA's address something else answers, or its identity cannot be verified.",
      'ما يرد على عنوان الهيئة ليس خدمتها، أو يتعذر التحقق من هويتها.',
    ),
    program: text(
      'It sends nothing in this environment but one document every quarter of an hour, to see whether it works again.',
      'لا يرسل في هذه البيئة سوى مستند واحد كل ربع ساعة للتحقق من زوال الخلل.',
    ),
    you: text(
      'Check proxy and network of the office or call support, then choose "resume".',
      'راجع شبكة المكتب وإعدادات الوكيل (Proxy) أو تواصل مع الدعم الفني، ثم اختر «استئناف».',
    ),
  },
  'renewal-needed': {
    name: text('Renewal needed', 'التجديد مطلوب'),
    happened: text(
      'ZATCA asks for compliance checks before it accepts more documents of this unit.',
      'تطلب الهيئة فحص الامتثال قبل قبول مستندات أخرى من هذه الوحدة.',
    ),
    program: text('It keeps what waits; all other units go on.', 'يحفظ ما ينتظر، وتستمر بقية الوحدات.'),
    you: text('Renew the certificate with a new OTP.', 'جدّد الشهادة برمز تحقق جديد.'),
  },
}
