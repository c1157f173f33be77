/** Every command of the command line: what it is for, its options, and where its code is loaded from when it is called. */
import type { CommandEntry, OptionEntry } from './command.ts'

const flag = (en: string, ar: string): OptionEntry => ({ type: 'boolean', help: { en, ar } })
const value = (shown: string, en: string, ar: string): OptionEntry => ({
  type: 'string',
  value: shown,
  help: { en, ar },
})
const required = (option: OptionEntry): OptionEntry => ({ ...option, required: true })

const out = value('FILE', 'write to this file instead of the screen', 'الكتابة في هذا الملف بدلاً من الشاشة')
const json = flag('print JSON', 'إخراج النتيجة بصيغة JSON')
const key = value('FILE', 'private key: PEM, bare base64 or DER', 'المفتاح الخاص بصيغة PEM أو base64 مجرد أو DER')

const database = value(
  'FILE|URL',
  'SQLite file or postgres://...; default: DATABASE_URL, else DATA_DIR/khatm.sqlite',
  'ملف SQLite أو عنوان postgres://...‎، والافتراضي DATABASE_URL ثم DATA_DIR/khatm.sqlite',
)
const backupKeys = {
  'passphrase-file': value('FILE', 'file that holds the passphrase of the backup', 'ملف يحتوي عبارة مرور النسخة'),
  'key-file': value('FILE', 'file with 32 bytes in base64 instead', 'أو ملف يحتوي 32 بايت بصيغة base64'),
}
const reconciling = {
  archive: value(
    'FOLDER',
    'signed files; default: archive beside the database',
    'مجلد الملفات الموقعة، والافتراضي archive',
  ),
  anchors: value(
    'FOLDER',
    'heads of the chains; default: anchors beside the database',
    'مجلد مواضع السلاسل، والافتراضي anchors',
  ),
  'accept-head': flag(
    'you state that nothing was issued after the last document found; recorded in the audit log',
    'تقرّ بأنه لم يصدر شيء بعد آخر مستند موجود، ويُسجل ذلك في سجل التدقيق',
  ),
}

export const commands = {
  seal: {
    summary: {
      en: 'Turn a draft (JSON) into a signed invoice (XML)',
      ar: 'تحويل مسودة (JSON) إلى فاتورة موقعة (XML)',
    },
    operands: 'FILE.json',
    arity: 'one',
    options: {
      key: required(key),
      cert: required(value('FILE', 'certificate: PEM, bare base64 or DER', 'الشهادة بصيغة PEM أو base64 مجرد أو DER')),
      icv: required(value('N', 'invoice counter value, from 1', 'عداد الفواتير، ويبدأ من 1')),
      pih: required(
        value('HASH', 'hash of the previous invoice, or "genesis"', 'بصمة الفاتورة السابقة، أو كلمة genesis للأولى'),
      ),
      'signing-time': value(
        'TIME',
        'YYYY-MM-DDTHH:MM:SS in Riyadh; default: now',
        'وقت التوقيع بتوقيت الرياض YYYY-MM-DDTHH:MM:SS، والافتراضي هو الآن',
      ),
      out,
    },
    load: () => import('./commands/seal.ts'),
  },
  check: {
    summary: {
      en: 'Judge invoices (XML) or drafts (JSON) by all rules',
      ar: 'فحص فواتير (XML) أو مسودات (JSON) وفق جميع القواعد',
    },
    operands: 'FILE...',
    arity: 'many',
    options: {
      json: flag('print one JSON object a line', 'إخراج كائن JSON واحد في كل سطر'),
      now: value(
        'TIME',
        'judge as of this time in Riyadh; default: now',
        'الفحص كما لو كان الوقت في الرياض هو هذا، والافتراضي هو الآن',
      ),
      pih: value(
        'HASH',
        'hash of the previous invoice, or "genesis"; without it the chain is not judged',
        'بصمة الفاتورة السابقة، أو كلمة genesis للأولى؛ وبدونها لا تُفحص السلسلة',
      ),
      strict: flag(
        'our own stricter checks too (KHATM-...), and warnings count as errors',
        'إضافة فحوصنا الأشد (KHATM-...)، واحتساب التنبيهات أخطاءً',
      ),
    },
    load: () => import('./commands/check.ts'),
  },
  verify: {
    summary: {
      en: 'Recompute hash, signature, digests and QR code of a signed invoice',
      ar: 'إعادة حساب البصمة والتوقيع ورمز الاستجابة السريعة لفاتورة موقعة',
    },
    operands: 'FILE.xml',
    arity: 'one',
    options: { json },
    load: () => import('./commands/verify.ts'),
  },
  hash: {
    summary: { en: 'Print the invoice hash', ar: 'طباعة بصمة الفاتورة' },
    operands: 'FILE.xml',
    arity: 'one',
    options: {},
    load: () => import('./commands/hash.ts'),
  },
  qr: {
    summary: {
      en: 'Read the QR code of an invoice, or a QR text',
      ar: 'قراءة رمز الاستجابة السريعة من فاتورة أو من نصه',
    },
    operands: 'FILE.xml|TEXT',
    arity: 'one',
    options: { json },
    load: () => import('./commands/qr.ts'),
  },
  csr: {
    summary: {
      en: 'Make a certificate signing request from a properties file',
      ar: 'إنشاء طلب شهادة (CSR) من ملف الإعدادات',
    },
    arity: 'none',
    options: {
      config: required(
        value('FILE', "properties as ZATCA's tool has them", 'ملف الإعدادات بالأسماء التي تستخدمها أداة الهيئة'),
      ),
      environment: value(
        'NAME',
        'production (default), simulation, sandbox or practice',
        'البيئة: production (الافتراضية) أو simulation أو sandbox أو practice',
      ),
      key: value(
        'FILE',
        'an existing private key; without it a new one is written to a file',
        'مفتاح خاص موجود؛ وبدونه يُنشأ مفتاح جديد ويُكتب في ملف',
      ),
      out,
    },
    load: () => import('./commands/csr.ts'),
  },
  practice: {
    summary: {
      en: 'Run the practice gateway, a stand-in for ZATCA to rehearse on',
      ar: 'تشغيل بوابة التدريب، وهي بديل عن بوابة الهيئة للتجربة',
    },
    arity: 'none',
    options: {
      port: value('N', 'default 8085', 'المنفذ، والافتراضي 8085'),
      host: value('ADDRESS', 'default 127.0.0.1', 'العنوان، والافتراضي 127.0.0.1'),
      data: value('FOLDER', 'remember its state here', 'حفظ حالة البوابة في هذا المجلد'),
    },
    load: () => import('./commands/practice.ts'),
  },
  demo: {
    summary: {
      en: 'Onboard a company and issue the example documents on the practice gateway',
      ar: 'تسجيل منشأة وإصدار المستندات النموذجية على بوابة التدريب',
    },
    arity: 'none',
    options: {
      out: value('FOLDER', 'where the XML goes; default demo-out', 'مجلد ملفات XML، والافتراضي demo-out'),
    },
    load: () => import('./commands/demo.ts'),
  },
  serve: {
    summary: { en: 'Run the office server', ar: 'تشغيل خادم المكتب' },
    arity: 'none',
    options: {},
    load: () => import('./commands/serve.ts'),
  },
  migrate: {
    summary: {
      en: "Bring the database up to this version's schema",
      ar: 'تحديث قاعدة البيانات إلى بنية هذا الإصدار',
    },
    arity: 'none',
    options: {
      database: value(
        'FILE',
        'SQLite file; default: DATABASE_URL, else DATA_DIR/khatm.sqlite',
        'ملف SQLite، والافتراضي DATABASE_URL ثم DATA_DIR/khatm.sqlite',
      ),
    },
    load: () => import('./commands/migrate.ts'),
  },
  keys: {
    summary: {
      en: 'Show what protects the private keys (status), move them to the current key and into CERT_STORE (rewrap), make one in a token (create)',
      ar: 'عرض ما يحمي المفاتيح الخاصة (status)، ونقلها إلى المفتاح الحالي وإلى CERT_STORE (rewrap)، وإنشاء مفتاح في وحدة الأمان (create)',
    },
    operands: 'status|rewrap|create',
    arity: 'one',
    options: {},
    load: () => import('./commands/keys.ts'),
  },
  audit: {
    summary: {
      en: 'Prove every chain from its stored bytes, and name the first broken link',
      ar: 'إثبات تسلسل كل المستندات من بياناتها المحفوظة وتحديد أول حلقة مكسورة',
    },
    arity: 'none',
    options: {
      database,
      company: value('ID', 'only the chains of this company', 'سلاسل هذه المنشأة فقط'),
      anchors: value('FOLDER', 'compare with the heads kept here', 'المقارنة بالمواضع المحفوظة في هذا المجلد'),
      json,
    },
    load: () => import('./commands/audit.ts'),
  },
  backup: {
    summary: {
      en: 'Write an encrypted backup of the whole office, open it again and prove it',
      ar: 'إنشاء نسخة احتياطية مشفرة للمكتب كله ثم فتحها وإثبات سلامتها',
    },
    arity: 'none',
    options: {
      out: required(value('FILE|FOLDER', 'where the backup goes', 'مكان حفظ النسخة')),
      ...backupKeys,
      database,
      json,
    },
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    summary: {
      en: 'Restore a backup into an empty database; with --verify only prove it',
      ar: 'استعادة نسخة احتياطية إلى قاعدة بيانات فارغة، أو إثبات سلامتها فقط مع ‎--verify',
    },
    operands: 'BACKUP',
    arity: 'one',
    options: {
      to: value('FILE|URL', 'new SQLite file or empty Postgres database', 'ملف SQLite جديد أو قاعدة Postgres فارغة'),
      verify: flag('restore drill: nothing is kept', 'تجربة استعادة دون حفظ شيء'),
      ...backupKeys,
      ...reconciling,
      json,
    },
    load: () => import('./commands/restore.ts'),
  },
  reconcile: {
    summary: {
      en: 'Bring the frozen chains of a restored database forward from the archive',
      ar: 'متابعة السلاسل المجمّدة في قاعدة بيانات مستعادة من ملفات الأرشيف',
    },
    arity: 'none',
    options: { database, ...reconciling, json },
    load: () => import('./commands/reconcile.ts'),
  },
  move: {
    summary: {
      en: 'Move the whole office to another database, proved before and after',
      ar: 'نقل المكتب كله إلى قاعدة بيانات أخرى مع إثبات التسلسل قبل النقل وبعده',
    },
    arity: 'none',
    options: {
      from: required(value('FILE|URL', 'the database of now', 'قاعدة البيانات الحالية')),
      to: required(
        value('FILE|URL', 'new SQLite file or empty Postgres database', 'ملف SQLite جديد أو قاعدة Postgres فارغة'),
      ),
      json,
    },
    load: () => import('./commands/move.ts'),
  },
  evidence: {
    summary: {
      en: 'Write everything about one document into an empty folder: bytes, transmissions, answers, proofs, README',
      ar: 'كتابة كل ما يتعلق بمستند في مجلد فارغ: الملفات وعمليات الإرسال وردودها ونتائج الفحص مع شرح',
    },
    operands: 'ID|NUMBER|UUID',
    arity: 'one',
    options: { out: required(value('FOLDER', 'where the files go', 'مجلد الملفات')), database },
    load: () => import('./commands/evidence.ts'),
  },
  'export-archive': {
    summary: {
      en: 'Copy the signed and cleared files into an empty folder, with a manifest (SHA256SUMS)',
      ar: 'نسخ الملفات الموقعة والمعتمدة إلى مجلد فارغ مع بيان بصماتها (SHA256SUMS)',
    },
    operands: 'FOLDER',
    arity: 'one',
    options: {
      database,
      company: value('ID', 'only this company', 'هذه المنشأة فقط'),
      from: value('DATE', 'issued on this day or later, YYYY-MM-DD', 'الصادرة من هذا اليوم، YYYY-MM-DD'),
      to: value('DATE', 'issued on this day or earlier, YYYY-MM-DD', 'الصادرة حتى هذا اليوم، YYYY-MM-DD'),
    },
    load: () => import('./commands/export-archive.ts'),
  },
  'verify-archive': {
    summary: {
      en: 'Prove a folder of signed files by itself: chains, stamps and manifest',
      ar: 'إثبات مجلد من الملفات الموقعة بذاته: التسلسل والأختام والبيان',
    },
    operands: 'FOLDER',
    arity: 'one',
    options: {
      partial: flag(
        'the folder holds a period: chains may begin later',
        'المجلد يغطي فترة، فقد تبدأ السلاسل بعد أولها',
      ),
      ca: value(
        'FILE',
        "ZATCA's CA certificates in PEM: every certificate must be issued by one of them",
        'شهادات سلطة التصديق لدى الهيئة بصيغة PEM: يجب أن تكون كل شهادة صادرة عن إحداها',
      ),
      json,
    },
    load: () => import('./commands/verify-archive.ts'),
  },
} as const satisfies Record<string, CommandEntry>

export type CommandName = keyof typeof commands

export const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word)
