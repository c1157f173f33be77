/** What the demo says, in both languages. */
import type { Bilingual } from '../terminal.ts'

export const texts = {
  title: {
    en: 'Khatm demo: a company is onboarded on the practice gateway and issues the documents in examples/',
    ar: 'عرض ختم: تسجيل منشأة على بوابة التدريب وإصدار المستندات الموجودة في examples/',
  },
  gateway: { en: 'Practice gateway', ar: 'بوابة التدريب' },
  company: { en: 'Company', ar: 'المنشأة' },
  onboarding: { en: 'Onboarding', ar: 'التسجيل' },
  csid: { en: 'compliance certificate received', ar: 'استُلمت شهادة فحص التوافق' },
  passed: { en: 'compliance document passed', ar: 'اجتاز مستند فحص التوافق' },
  ready: { en: 'production certificate received, chain opened', ar: 'استُلمت شهادة الإنتاج وفُتحت سلسلة الفواتير' },
  issuing: { en: 'Issuing and sending', ar: 'الإصدار والإرسال' },
  number: { en: 'Number', ar: 'الرقم' },
  kind: { en: 'Kind', ar: 'النوع' },
  icv: { en: 'ICV', ar: 'العداد' },
  status: { en: 'Status', ar: 'الحالة' },
  warnings: { en: 'Warnings', ar: 'التنبيهات' },
  correctionNote: { en: 'Corrected after rejection', ar: 'صُححت بعد الرفض' },
  rejectionReason: {
    en: 'Ordered by the demo: the first version of this invoice is refused.',
    ar: 'بطلب من العرض: تُرفض النسخة الأولى من هذه الفاتورة.',
  },
  reissues: { en: 'corrects', ar: 'تصحيح' },
  chain: { en: 'Chain', ar: 'السلسلة' },
  chainWhole: { en: 'documents, every link proved', ar: 'مستنداً، وكل حلقة فيها مثبتة' },
  chainBroken: { en: 'BROKEN at', ar: 'مكسورة عند' },
  files: { en: 'Files', ar: 'الملفات' },
  unsettled: { en: 'Not settled as expected', ar: 'لم يُحسم كما هو متوقع' },
} as const satisfies Record<string, Bilingual>
