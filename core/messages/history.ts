/** What was done to a document, as its history says it. */
import { type Bilingual, text } from './text.ts'

/** By the audit log's word; one of another release is shown as it is. */
export const historyTexts: Readonly<Record<string, Bilingual>> = {
  'document/issued': text('Numbered, stamped and stored', 'رُقّم وخُتم وحُفظ'),
  'document/reissued': text('Numbered, stamped and stored as a correction', 'صدر تصحيحًا لمستند مرفوض'),
  'document/held': text('Put aside', 'أُوقف إرساله'),
  'document/cleared': text('Cleared by ZATCA', 'اعتمدته الهيئة'),
  'document/reported': text('Reported to ZATCA', 'أُبلغت به الهيئة'),
  'document/rejected': text('Rejected by ZATCA', 'رفضته الهيئة'),
  'document/completed': text("ZATCA's stamped copy was added", 'أُضيفت نسخة الهيئة المختومة'),
  'document/recovered': text('Brought back from the archive', 'استُرجع من الأرشيف'),
  'chain/frozen': text('The chain was frozen', 'جُمّدت السلسلة'),
}
