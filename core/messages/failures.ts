/** What a person reads when an operation fails: what happened, that nothing was lost where that is so, and what to do. */
import type { FailureCode } from '#core/errors.ts'
import { type Bilingual, text } from './text.ts'

export const failureTexts: Readonly<Record<FailureCode, Bilingual>> = {
  'request/invalid': text(
    'The request does not have the form that is expected. Nothing was changed. Correct the fields named in the details.',
    'الطلب ليس بالصيغة المطلوبة. لم يتغير شيء. صحّح الحقول المذكورة في التفاصيل.',
  ),
  'request/not-json': text(
    'The request is not valid JSON. Nothing was changed. Send JSON in UTF-8.',
    'الطلب ليس بصيغة JSON صحيحة. لم يتغير شيء. أرسل JSON بترميز UTF-8.',
  ),
  'request/not-found': text(
    'There is nothing at this address. Check it.',
    'لا يوجد شيء في هذا العنوان. تحقق من العنوان.',
  ),
  'request/too-large': text(
    'The request is too large. Nothing was changed. Send it in smaller parts.',
    'حجم الطلب كبير. لم يتغير شيء. أرسله على أجزاء أصغر.',
  ),
  'request/too-many': text(
    'Too many requests from this address within a minute. Nothing was changed. Wait {retryAfterSeconds} seconds.',
    'طلبات كثيرة من هذا العنوان خلال دقيقة. لم يتغير شيء. انتظر {retryAfterSeconds} ثانية.',
  ),
  'request/idempotency-mismatch': text(
    'This idempotency key was used for another request. Nothing was issued twice. Use a new key.',
    'مفتاح عدم التكرار هذا مستخدم في طلب آخر. لم يصدر شيء مرتين. استخدم مفتاحًا جديدًا.',
  ),
  'access/unauthenticated': text(
    'You are not signed in. Sign in and try again.',
    'لم تسجّل الدخول. سجّل الدخول ثم أعد المحاولة.',
  ),
  'access/forbidden': text(
    'Your role does not allow this. Ask the owner of the office for the right.',
    'صلاحيتك لا تسمح بهذا الإجراء. اطلب الصلاحية من مسؤول المكتب.',
  ),
  'access/wrong-password': text(
    'User name or password is wrong. Try again.',
    'اسم المستخدم أو كلمة المرور غير صحيحة. أعد المحاولة.',
  ),
  'access/code-needed': text(
    'This account has a second step. Type the six digits that your authenticator app shows now.',
    'لهذا الحساب خطوة تحقق ثانية. اكتب الأرقام الستة الظاهرة الآن في تطبيق المصادقة.',
  ),
  'access/wrong-code': text(
    'This code is not right, or it was used already. Wait for the next one in your app; check that the clock of your telephone is right.',
    'الرمز غير صحيح أو سبق استخدامه. انتظر الرمز التالي في التطبيق، وتأكد من صحة الوقت في جوالك.',
  ),
  'access/not-assigned': text(
    'The sign-in service knows you, but no account of this office is assigned to you. Ask an administrator.',
    'عرفتك خدمة الدخول، لكن لا يوجد حساب في هذا المكتب مخصص لك. اطلب ذلك من مدير النظام.',
  ),
  'access/service-refused': text(
    'The sign-in at the service did not succeed, took too long, or was begun in another browser. Try again.',
    'لم يكتمل الدخول عبر خدمة الدخول، أو طال وقته، أو بدأ من متصفح آخر. حاول مرة أخرى.',
  ),
  'access/service-unreachable': text(
    'The sign-in service of the office does not answer. Sign in with your password, or try again later.',
    'خدمة الدخول الخاصة بالمكتب لا تستجيب. ادخل بكلمة المرور أو حاول لاحقًا.',
  ),
  'access/subject-taken': text(
    'This identity of the sign-in service belongs to another account. Nothing was changed.',
    'هذه الهوية في خدمة الدخول مخصصة لحساب آخر. لم يتغير شيء.',
  ),
  'access/no-enrolment': text(
    'The time to confirm the second step is over, or it was begun elsewhere. Nothing was changed. Begin anew.',
    'انتهت مهلة تأكيد خطوة التحقق الثانية أو بدأت من مكان آخر. لم يتغير شيء. ابدأ من جديد.',
  ),
  'access/locked': text(
    'Too many wrong passwords: the account is locked for a while. Wait and try again.',
    'محاولات خاطئة كثيرة: الحساب موقوف مؤقتًا. انتظر ثم أعد المحاولة.',
  ),
  'access/weak-password': text(
    'The password is too easy to guess. Choose a longer one.',
    'كلمة المرور سهلة التخمين. اختر كلمة أطول.',
  ),
  'access/already-set-up': text(
    'The first account exists already. Sign in with it.',
    'الحساب الأول موجود مسبقًا. سجّل الدخول به.',
  ),
  'access/wrong-set-up-token': text(
    'This is not the set-up token of this server, or it has ended: it is valid for a day. Start the server again; it prints a new one.',
    'هذا ليس رمز التهيئة الخاص بهذا الخادم، أو أن مدته انتهت؛ فهو صالح ليوم واحد. أعد تشغيل الخادم ليطبع رمزًا جديدًا.',
  ),
  'access/origin': text(
    'The request came from a foreign page and was refused. Open the program at its own address.',
    'ورد الطلب من صفحة أخرى فرُفض. افتح البرنامج من عنوانه.',
  ),
  'access/duplicate-user': text(
    'A user of this name exists already. Choose another name.',
    'يوجد مستخدم بهذا الاسم. اختر اسمًا آخر.',
  ),
  'access/user-not-found': text(
    'This user does not exist any more. Nothing was changed. Reload the list.',
    'هذا المستخدم غير موجود. لم يتغير شيء. حدّث القائمة.',
  ),
  'access/key-not-found': text(
    'There is no such API key. Nothing was changed. Reload the list.',
    'لا يوجد مفتاح الربط هذا. لم يتغير شيء. حدّث القائمة.',
  ),
  'access/last-owner': text(
    'The office would be left without an owner. Nothing was changed. Make somebody else an owner first.',
    'سيبقى المكتب بلا مالك للحساب. لم يتغير شيء. امنح مستخدمًا آخر صفة المالك أولًا.',
  ),
  'access/password-change-needed': text(
    'Somebody else chose this password. Change it now; then everything else opens.',
    'كلمة المرور هذه وضعها غيرك. غيّرها الآن لتتمكن من متابعة العمل.',
  ),
  'access/same-password': text(
    'The new password is the old one. Nothing was changed. Choose another.',
    'كلمة المرور الجديدة هي القديمة نفسها. لم يتغير شيء. اختر غيرها.',
  ),
  'draft/invalid': text(
    'The draft has fields that cannot be read. It is kept as it is. Correct the fields that are marked.',
    'في المسودة حقول لا يمكن قراءتها. بقيت المسودة كما هي. صحّح الحقول المحددة.',
  ),
  'document/invalid': text(
    'The document breaks rules of ZATCA. No number was used and nothing was sent. Correct what is listed and issue again.',
    'المستند مخالف لقواعد هيئة الزكاة والضريبة والجمارك. لم يُستخدم رقم ولم يُرسل شيء. صحّح المخالفات المذكورة ثم أصدره.',
  ),
  'document/not-rejected': text(
    'Only a rejected document can be corrected and issued again. Issue a credit note instead.',
    'لا يُصحَّح ويُعاد إصداره إلا المستند المرفوض. أصدر إشعارًا دائنًا بدلًا من ذلك.',
  ),
  'document/duplicate-number': text(
    'A document with this number exists already. No number was used. Choose another one.',
    'يوجد مستند بهذا الرقم. لم يصدر شيء. اختر رقمًا آخر.',
  ),
  'document/self-check': text(
    'The finished document did not pass its own check and was not stored. No number was used. Report the code to support.',
    'لم يجتز المستند الفحص الذاتي فلم يُحفظ. لم يُستخدم رقم. أبلغ الدعم الفني برمز الخطأ.',
  ),
  'document/not-found': text(
    'There is no such document. Search for it by number.',
    'لا يوجد هذا المستند. ابحث عنه برقمه.',
  ),
  'document/ambiguous': text(
    'Several documents bear this number, in other companies or environments. Name the company, or the environment, too.',
    'أكثر من مستند يحمل هذا الرقم في منشآت أو بيئات مختلفة. حدّد المنشأة أو البيئة أيضًا.',
  ),
  'xml/hostile': text(
    'The file contains constructs that are not allowed in an invoice and was not opened. Ask for the original XML.',
    'يحتوي الملف على عناصر غير مسموح بها في الفاتورة فلم يُفتح. اطلب ملف XML الأصلي.',
  ),
  'xml/malformed': text(
    'The file is not well-formed XML. Ask the sender for the original file.',
    'الملف ليس XML سليمًا. اطلب الملف الأصلي من المرسل.',
  ),
  'xml/not-an-invoice': text(
    'The file is XML, but no UBL invoice. Choose the XML file of an e-invoice.',
    'الملف XML لكنه ليس فاتورة UBL. اختر ملف XML للفاتورة الإلكترونية.',
  ),
  'xml/not-signed': text(
    'The invoice bears no stamp, so there is nothing to verify. Choose the signed file.',
    'الفاتورة بلا ختم تشفيري فلا شيء للتحقق منه. اختر الملف الموقّع.',
  ),
  'qr/malformed': text(
    'The QR code cannot be read as an e-invoice. Scan it again or copy it completely.',
    'لا يمكن قراءة رمز الاستجابة السريعة كفاتورة إلكترونية. امسحه مجددًا أو انسخه كاملًا.',
  ),
  'certificate/malformed': text(
    'The certificate cannot be read. Use the certificate as ZATCA issued it.',
    'لا يمكن قراءة الشهادة. استخدم الشهادة كما أصدرتها الهيئة.',
  ),
  'certificate/expired': text(
    'The certificate has expired. Nothing was issued. Renew it with a new OTP from the Fatoora portal.',
    'انتهت صلاحية الشهادة. لم يصدر شيء. جدّدها برمز جديد من منصة فاتورة.',
  ),
  'certificate/not-yet-valid': text(
    'The certificate is not valid yet. Check date and time of this computer.',
    'لم يبدأ سريان الشهادة بعد. تحقق من تاريخ هذا الجهاز ووقته.',
  ),
  'certificate/wrong-key': text(
    'Certificate and private key do not belong together. Use the pair of this unit.',
    'الشهادة والمفتاح الخاص غير متطابقين. استخدم الشهادة والمفتاح العائدين لهذه الوحدة.',
  ),
  'certificate/wrong-vat-number': text(
    'The certificate belongs to another VAT number. Nothing was signed. Choose the right company or unit.',
    'الشهادة تخص رقمًا ضريبيًا آخر. لم يُوقَّع شيء. اختر المنشأة أو الوحدة الصحيحة.',
  ),
  'key/malformed': text(
    'The private key cannot be read. Use the key file of this unit.',
    'لا يمكن قراءة المفتاح الخاص. استخدم ملف المفتاح العائد لهذه الوحدة.',
  ),
  'key/locked': text(
    'The keys cannot be opened. Nothing was lost. Check the key file, the passphrase or the security module, then try again.',
    'تعذر فتح المفاتيح. لم يُفقد شيء. تحقق من ملف المفتاح أو عبارة المرور أو وحدة الحماية ثم أعد المحاولة.',
  ),
  'csr/invalid': text(
    'The certificate request would be refused. Correct the fields named in the details.',
    'طلب الشهادة غير مستوفٍ للشروط. صحّح الحقول المذكورة في التفاصيل.',
  ),
  'company/duplicate': text(
    'A company with this VAT number exists already. Open it instead.',
    'توجد منشأة بهذا الرقم الضريبي. افتحها بدلًا من ذلك.',
  ),
  'company/not-found': text(
    'There is no such company. Choose one from the list.',
    'لا توجد هذه المنشأة. اختر منشأة من القائمة.',
  ),
  'unit/duplicate': text(
    'A unit of this name exists already. Choose another name.',
    'توجد وحدة بهذا الاسم. اختر اسمًا آخر.',
  ),
  'unit/not-found': text(
    'There is no such unit. Choose one from the list.',
    'لا توجد هذه الوحدة. اختر وحدة من القائمة.',
  ),
  'unit/not-ready': text(
    'The unit has no production certificate yet. Nothing was issued. Finish its onboarding first.',
    'لم تحصل الوحدة على شهادة الإنتاج بعد. لم يصدر شيء. أكمل ربط الوحدة أولًا.',
  ),
  'unit/functionality': text(
    'This unit was not registered for this kind of document. Nothing was issued. Choose another unit.',
    'هذه الوحدة غير مسجلة لهذا النوع من المستندات. لم يصدر شيء. اختر وحدة أخرى.',
  ),
  'unit/environment': text(
    'The unit belongs to another environment. Nothing was issued. Choose a unit of this environment.',
    'الوحدة تتبع بيئة أخرى. لم يصدر شيء. اختر وحدة من هذه البيئة.',
  ),
  'unit/busy': text(
    'Somebody is registering this unit or renewing its certificate just now. Nothing was sent to ZATCA. Try again in two minutes.',
    'يجري الآن ربط هذه الوحدة أو تجديد شهادتها من مستخدم آخر. لم يُرسل شيء إلى الهيئة. أعد المحاولة بعد دقيقتين.',
  ),
  'chain/frozen': text(
    'The chain of this unit is frozen, because something did not agree. All issued documents are kept. Look at the report and call support.',
    'سلسلة هذه الوحدة مجمّدة لوجود عدم تطابق. جميع المستندات الصادرة محفوظة. راجع التقرير وتواصل مع الدعم الفني.',
  ),
  'chain/busy': text(
    'The unit is issuing other documents just now. No number was used. Try again in a moment.',
    'الوحدة تصدر مستندات أخرى الآن. لم يُستخدم رقم. أعد المحاولة بعد لحظات.',
  ),
  'clock/stepped-back': text(
    'The clock of this computer runs behind the last document. No number was used. Set the clock and try again.',
    'ساعة هذا الجهاز متأخرة عن آخر مستند. لم يُستخدم رقم. اضبط الساعة ثم أعد المحاولة.',
  ),
  'clock/skewed': text(
    "The clock of this computer differs too much from ZATCA's. No number was used. Set the clock and try again.",
    'ساعة هذا الجهاز تختلف كثيرًا عن ساعة الهيئة. لم يُستخدم رقم. اضبط الساعة ثم أعد المحاولة.',
  ),
  'webhook/not-found': text(
    'There is no such webhook. Nothing was changed. Reload the list.',
    'لا توجد وجهة الإشعارات هذه. لم يتغير شيء. حدّث القائمة.',
  ),
  'webhook/address': text(
    'Nothing is sent to this address: it must begin with https:// and lead to a server that is reachable from the internet. Nothing was changed.',
    'لا تُرسل الإشعارات إلى هذا العنوان: يجب أن يبدأ بـ https:// وأن يكون لخادم يمكن الوصول إليه من الإنترنت. لم يتغير شيء.',
  ),
  'road/not-found': text(
    'There is no such road to ZATCA. Nothing was changed. Choose one from the list.',
    'لا يوجد مسار إرسال بهذا الاسم. لم يتغير شيء. اختر مسارًا من القائمة.',
  ),
  'road/unconfirmed': text(
    'Pausing the production environment has to be confirmed: type PRODUCTION. Nothing was paused, sending goes on.',
    'إيقاف الإرسال في بيئة الإنتاج يحتاج إلى تأكيد: اكتب PRODUCTION. لم يتوقف شيء، والإرسال مستمر.',
  ),
  'setting/not-found': text(
    'There is no such setting. Nothing was changed. Choose one from the list.',
    'لا يوجد إعداد بهذا الاسم. لم يتغير شيء. اختر إعدادًا من القائمة.',
  ),
  'setting/fixed': text(
    'This setting is built in and changes only with a new version of the program. Nothing was changed.',
    'هذا الإعداد ثابت ولا يتغير إلا بإصدار جديد من البرنامج. لم يتغير شيء.',
  ),
  'setting/invalid': text(
    'This value is not possible for the setting. Nothing was changed. Choose one of those offered.',
    'هذه القيمة غير مقبولة لهذا الإعداد. لم يتغير شيء. اختر إحدى القيم المتاحة.',
  ),
  'onboarding/otp-format': text(
    'The OTP must have 6 digits. It was not used. Copy it from the Fatoora portal.',
    'رمز التحقق يجب أن يتكون من 6 أرقام. لم يُستخدم الرمز. انسخه من منصة فاتورة.',
  ),
  'onboarding/otp-refused': text(
    'ZATCA refused the OTP: it is wrong, used or older than an hour. Generate a new one in the Fatoora portal.',
    'رفضت الهيئة رمز التحقق: غير صحيح أو مستخدم أو مضى عليه أكثر من ساعة. أنشئ رمزًا جديدًا من منصة فاتورة.',
  ),
  'onboarding/csr-refused': text(
    "ZATCA refused the certificate request. Check the company's details and try again with a new OTP.",
    'رفضت الهيئة طلب الشهادة. راجع بيانات المنشأة وأعد المحاولة برمز جديد.',
  ),
  'onboarding/compliance-failed': text(
    'A compliance document was not accepted. The step can be repeated without a new OTP. See the findings.',
    'لم يُقبل أحد مستندات فحص الامتثال. يمكن إعادة الخطوة دون رمز جديد. راجع الملاحظات.',
  ),
  'onboarding/refused': text(
    'ZATCA did not issue the production certificate. What was done so far is kept. Try again later.',
    'لم تصدر الهيئة شهادة الإنتاج. ما أُنجز محفوظ. أعد المحاولة لاحقًا.',
  ),
  'onboarding/sign-in-refused': text(
    'ZATCA no longer accepts the certificate of this step: it was revoked or has expired. All documents and certificates are kept. Start over with a new OTP from the Fatoora portal.',
    'لم تعد الهيئة تقبل شهادة هذه الخطوة لإلغائها أو انتهائها. جميع المستندات والشهادات محفوظة. ابدأ من جديد برمز تحقق جديد من منصة فاتورة.',
  ),
  'onboarding/unreachable': text(
    'ZATCA cannot be reached. Nothing was sent and nothing was lost. Check the internet connection and repeat the step.',
    'تعذّر الاتصال بالهيئة. لم يُرسل شيء ولم يُفقد شيء. تحقق من الاتصال بالإنترنت ثم أعد الخطوة.',
  ),
  'onboarding/unknown-outcome': text(
    'No answer came from ZATCA. What was done so far is kept. Repeat the step; if the OTP is refused then, it has been used: take a new one from the Fatoora portal.',
    'لم يصل رد من الهيئة. ما أُنجز محفوظ. أعد الخطوة، وإن رُفض رمز التحقق فقد استُخدم: أنشئ رمزًا جديدًا من منصة فاتورة.',
  ),
  'gateway/unreachable': text(
    'ZATCA cannot be reached. The document is stored and will be sent by itself. Check the internet connection.',
    'تعذّر الاتصال بالهيئة. المستند محفوظ وسيُرسل تلقائيًا. تحقق من الاتصال بالإنترنت.',
  ),
  'gateway/unknown-outcome': text(
    'No answer came from ZATCA; the document may have arrived. It is stored and the same bytes are sent again. Do not issue it anew.',
    'لم يصل رد من الهيئة وقد يكون المستند وصل. المستند محفوظ ويُعاد إرساله كما هو. لا تصدره من جديد.',
  ),
  'gateway/refused-sign-in': text(
    'ZATCA refused the sign-in of this unit. The documents are stored and wait. Check whether its certificate was revoked or has expired.',
    'رفضت الهيئة دخول هذه الوحدة. المستندات محفوظة وتنتظر. تحقق من إلغاء شهادتها أو انتهائها.',
  ),
  'gateway/misconfigured': text(
    "ZATCA's address does not answer as expected. The documents are stored and wait. Check environment and address.",
    'عنوان الهيئة لا يرد كما هو متوقع. المستندات محفوظة وتنتظر. تحقق من البيئة والعنوان.',
  ),
  'storage/newer-schema': text(
    'The data belong to a newer version of the program. Nothing was changed. Install the newer version.',
    'البيانات تخص إصدارًا أحدث من البرنامج. لم يتغير شيء. ثبّت الإصدار الأحدث.',
  ),
  'storage/unavailable': text(
    'The database does not answer. Nothing was issued. Try again; if it stays so, check the disk or the server.',
    'قاعدة البيانات لا تستجيب. لم يصدر شيء. أعد المحاولة، وإن استمر ذلك فتحقق من القرص أو الخادم.',
  ),
  'storage/immutable': text(
    'An issued document cannot be changed or deleted. It stays as it is. Issue a credit or debit note.',
    'لا يمكن تعديل مستند صادر أو حذفه. بقي كما هو. أصدر إشعارًا دائنًا أو مدينًا.',
  ),
  'storage/conflict': text(
    'Somebody else has changed this in the meantime. Nothing was overwritten. Load it again and repeat the change.',
    'عدّل مستخدم آخر هذه البيانات. لم يُستبدل شيء. حمّلها مجددًا ثم كرر التعديل.',
  ),
  'storage/corrupt': text(
    'Stored data do not pass their check. Nothing was overwritten. Call support and keep the backups.',
    'البيانات المحفوظة لم تجتز الفحص. لم يُستبدل شيء. تواصل مع الدعم الفني واحتفظ بالنسخ الاحتياطية.',
  ),
  'storage/in-use': text(
    'Another running program works with these data; computer and process are named in the details. Nothing was changed. Close it there, then start again.',
    'هناك برنامج آخر يعمل على هذه البيانات، واسم الجهاز ورقم العملية في التفاصيل. لم يتغير شيء. أغلقه هناك ثم أعد التشغيل.',
  ),
  'storage/network-share': text(
    'The data folder is on a network drive, where the books could be damaged. Nothing was opened. Move it to a disk of this computer, or use the office server with Postgres.',
    'مجلد البيانات على قرص شبكة، وقد تتلف الدفاتر فيه. لم يُفتح شيء. انقله إلى قرص داخل هذا الجهاز، أو استخدم خادم المكتب مع Postgres.',
  ),
  'storage/full': text(
    'The disk is full. This step was not saved, and nothing of it remains; everything before is safe. Free some space and try again.',
    'القرص ممتلئ. لم تُحفظ هذه الخطوة ولم يبق منها شيء، وكل ما سبقها محفوظ. وفّر مساحة ثم أعد المحاولة.',
  ),
  'storage/disk-error': text(
    'The disk reported an error while reading or writing. This step was not saved; what was saved before was not changed. Make a backup and have the disk checked.',
    'أبلغ القرص عن خطأ في القراءة أو الكتابة. لم تُحفظ هذه الخطوة ولم يتغير ما حُفظ قبلها. خذ نسخة احتياطية وافحص القرص.',
  ),
  'storage/not-empty': text(
    'The target database holds data already. Nothing was written. Name an empty database or a new file.',
    'قاعدة البيانات المستهدفة تحتوي على بيانات. لم يُكتب شيء. حدّد قاعدة بيانات فارغة أو ملفًا جديدًا.',
  ),
  'storage/moved': text(
    'This database was moved to another place and issues nothing any more. Its documents stay readable. Open the new database.',
    'نُقلت قاعدة البيانات هذه إلى مكان آخر ولم تعد تصدر مستندات. مستنداتها باقية للاطلاع. افتح قاعدة البيانات الجديدة.',
  ),
  'storage/untrusted': text(
    'The database did not prove who it is, so nothing was sent to it, not even the password. Check the authority in DATABASE_CA_FILE, and that the host in the address is the one in its certificate.',
    'لم تثبت قاعدة البيانات هويتها، فلم يُرسل إليها شيء ولا حتى كلمة المرور. تحقق من ملف الجهة المصدِّقة في DATABASE_CA_FILE، ومن أن اسم الخادم في العنوان هو المذكور في شهادتها.',
  ),
  'storage/unwalled': text(
    'The role in DATABASE_URL goes past row-level security: it is a superuser, has BYPASSRLS, or security was switched off on the table named. Give DATABASE_URL a role that owns no tables and has neither, and the owner to MIGRATION_DATABASE_URL.',
    'المستخدم المحدد في DATABASE_URL يتجاوز أمان الصفوف: لأنه مستخدم متميز (superuser) أو لديه صلاحية BYPASSRLS، أو لأن الأمان معطّل على الجدول المذكور. ضع في DATABASE_URL مستخدمًا لا يملك الجداول وليست له أي من الصلاحيتين، وضع مالك الجداول في MIGRATION_DATABASE_URL.',
  ),
  'storage/denied': text(
    'The database role in DATABASE_URL has no right to do this. Nothing was changed. Run khatm migrate with the owner of the tables in MIGRATION_DATABASE_URL: it brings the schema forward and grants the rights.',
    'لا يملك مستخدم قاعدة البيانات المحدد في DATABASE_URL صلاحية لهذا الإجراء. لم يتغير شيء. شغّل khatm migrate بعد وضع مالك الجداول في MIGRATION_DATABASE_URL: فهو يحدّث المخطط ويمنح الصلاحيات.',
  ),
  'backup/wrong-key': text(
    'The backup does not open with this passphrase or key file. Nothing was changed. Use the one it was made with.',
    'لا تُفتح النسخة الاحتياطية بعبارة المرور أو ملف المفتاح المحدد. لم يتغير شيء. استخدم ما أُنشئت به النسخة.',
  ),
  'backup/damaged': text(
    'The backup is damaged or incomplete. Nothing was restored from it. Use another backup.',
    'النسخة الاحتياطية تالفة أو ناقصة. لم يُستعد منها شيء. استخدم نسخة أخرى.',
  ),
  'backup/not-set-up': text(
    'This installation was not told where to keep backups. Nothing was done. Set the folder for backups and try again.',
    'لم يُحدَّد مكان لحفظ النسخ الاحتياطية. لم يُنفذ شيء. حدّد مجلد النسخ الاحتياطية ثم أعد المحاولة.',
  ),
  'backup/plan-fixed': text(
    'The backups of this server are set in its environment (BACKUP_DIR and the settings beside it). Nothing was changed.',
    'إعدادات النسخ الاحتياطية لهذا الخادم محددة في بيئة تشغيله (BACKUP_DIR وما يتبعه). لم يتغير شيء.',
  ),
  'backup/folder-unavailable': text(
    'Nothing can be written to the folder for backups. No earlier backup was touched. Connect the disk or choose another folder.',
    'تتعذر الكتابة في مجلد النسخ الاحتياطية. النسخ السابقة لم تُمس. صِل القرص أو اختر مجلدًا آخر.',
  ),
  'backup/weak-passphrase': text(
    'The passphrase of the backups needs 12 characters or more. Nothing was changed. Several words that do not belong together are best.',
    'عبارة مرور النسخ الاحتياطية تحتاج 12 حرفًا أو أكثر. لم يتغير شيء. الأفضل عدة كلمات لا رابط بينها.',
  ),
  'backup/unproven': text(
    'The backup was written, but its documents could not be proved link by link. Keep the earlier backups and run the audit.',
    'كُتبت النسخة الاحتياطية، لكن تعذّر إثبات تسلسل مستنداتها. احتفظ بالنسخ السابقة ونفّذ تدقيق السلسلة.',
  ),
  'move/unproven': text(
    'The move was stopped, because source and copy could not be proved to be the same. The old database goes on as before. Run the audit, then move to another empty database.',
    'أُوقف النقل لتعذّر إثبات تطابق الأصل والنسخة. قاعدة البيانات السابقة تعمل كما كانت. نفّذ تدقيق السلسلة ثم انقل إلى قاعدة بيانات فارغة أخرى.',
  ),
  'anchors/unavailable': text(
    'The folder that keeps the heads of the chains cannot be used. Nothing was issued. Check the folder or the disk and start again.',
    'تعذّر استخدام المجلد الذي يحفظ آخر موضع لكل سلسلة. لم يصدر شيء. تحقق من المجلد أو القرص ثم أعد التشغيل.',
  ),
  'config/invalid': text(
    'A setting is missing or wrong, so the program did not start. Correct the setting named in the details.',
    'أحد الإعدادات غير موجود أو غير صحيح فلم يبدأ البرنامج. صحّح الإعداد المذكور في التفاصيل.',
  ),
  'usage/unknown-option': text(
    'The command does not know this option. Nothing was done. See its help.',
    'الأمر لا يعرف هذا الخيار. لم يُنفذ شيء. راجع التعليمات.',
  ),
  'usage/missing-option': text(
    'The command lacks an option. Nothing was done. See its help.',
    'ينقص الأمر خيار. لم يُنفذ شيء. راجع التعليمات.',
  ),
  'usage/invalid-value': text(
    'An option has a value that it cannot have. Nothing was done. See the help.',
    'قيمة أحد الخيارات غير مقبولة. لم يُنفذ شيء. راجع التعليمات.',
  ),
  'usage/unknown-command': text(
    'There is no such command. Nothing was done. See the help.',
    'لا يوجد هذا الأمر. لم يُنفذ شيء. راجع التعليمات.',
  ),
  'usage/unreadable-file': text(
    'The file cannot be read. Check its name and your right to read it.',
    'لا يمكن قراءة الملف. تحقق من اسمه ومن صلاحية قراءته.',
  ),
  'internal/unexpected': text(
    'Something unexpected happened. Stored documents are safe. Try again; if it stays so, tell support the request number.',
    'حدث خطأ غير متوقع. المستندات المحفوظة سليمة. أعد المحاولة، وإن تكرر فأبلغ الدعم الفني برقم الطلب.',
  ),
}
