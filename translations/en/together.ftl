# Texts of the area "together" (en): departments, task list, comments, sign-off, history. Keys: together-<thing>.

together-at = at { $time }
together-on = on { $moment }
together-who-you = you
together-who-contact = the contact person
together-who-department = a department
together-who-paper = the institute, copied from paper
together-who-wave = the wave { $wave }, taken over
together-given = Last answered by { $who }, { $moment }
together-taken-over = Taken over from the wave { $wave }. Please check.
together-conflict-saved = Saved by { $who } { $when }:
together-comment-title = { $count ->
    [0] Comment for the house
    [one] One comment from the house
   *[other] { $count } comments from the house
 }
together-comment-by = { $who }, { $moment }:
together-comment-label = Add a comment
together-comment-hint = Stays in your municipality: the institute does not see it, and it is not evaluated.

together-state-not-asked = not asked at present
together-state-open = open
together-state-begun = begun
together-state-finished = finished
together-state-checked = checked
together-missing = { $count ->
    [one] One required answer is missing.
   *[other] { $count } required answers are missing.
 }
together-late = overdue
together-changed-since-check = changed since you checked
together-check = Mark as checked
together-uncheck = Take the check back
together-who-finished = { $who }: finished, { $moment }
together-who-until = { $who }: until { $day }

together-tasks-title = Task list
together-tasks-link = Task list: check sections and hand them to departments
together-tasks-link-text = Each department gets a link of its own and sees its sections only.
together-tasks-summary = { $done } of { $of } sections are finished.
together-tasks-sections = Sections
together-tasks-departments = Departments
together-tasks-departments-text = You can hand sections to departments. Each gets a link and a code of its own, sees and answers its sections only, and marks them as finished. Only you can submit.
together-tasks-more = Further steps
together-tasks-signed = { $count ->
    [0] optional; none so far
    [one] one is there
   *[other] { $count } are there
 }
together-tasks-back = To the task list
together-notice-label = Your e-mail address for a message (optional)
together-notice-hint = We write to you once, when all departments have finished. The address is used for nothing else and is deleted with the entries about departments. To take it back, empty the field.
together-notice-save = Save address
together-notice-change = Change address
together-notice-wrong = Please enter a whole address, for example office@municipality.example.

together-department-add = Add a department
together-department-name = Name of the department
together-department-name-hint = For example “Social services”. Please no person's name.
together-department-until = Answers until (optional)
together-department-until-hint = For example 15.03.2027. The link stays valid afterwards, until you end it or the survey ends.
together-department-sections = Sections of this department
together-department-sections-hint = Several departments may have the same section. Nothing is overwritten unnoticed.
together-department-make = Make link and code
together-department-save = Save changes
together-department-access = Link and code
together-department-access-text = A new link replaces the old one. When you end the access, the answers stay.
together-department-renew = Make a new link
together-department-end = End access
together-department-ended = Access ended, { $moment }
together-department-since = Added, { $moment }
together-department-done = { $done } of { $of } sections finished
together-department-done-until = { $done } of { $of } sections finished, until { $day }
together-department-no-name = Please give the department a name, for example “Social services”.
together-department-twice = There is a department of this name already. Please choose another name.
together-department-no-day = Please enter a day, for example 15.03.2027, or leave the field empty.
together-department-no-section = Please choose at least one section.

together-link-title = Access for { $name }
together-link-lead = Pass link or code on to the department. With it, it sees its sections only.
together-link-once = Link and code stand here only now: just a checksum is kept. If they are lost, make new ones.
together-link-address = Access link
together-link-code = Access code
together-link-code-where = To be typed at
together-link-text = Text to pass on
together-link-mail = Open as e-mail
together-link-subject = Please answer: { $wave }
together-link-pass-on = Hello,

    our municipality takes part in the survey “{ $wave }”. Please answer the sections for: { $name }.

    Access link: { $link }
    Or type the access code at { $address }: { $code }

    Each page is saved. When you are done, mark the section as finished on the first page.

together-section-lead = You answer a part of your municipality's questionnaire. Each page is saved when you go on. Mark each section as finished when it is right.
together-section-begin = Answer this section
together-section-until = Your contact person asks for answers until { $day }.
together-section-title = Your sections
together-section-all = All of your sections are marked as finished. Thank you. Your contact person sees this and submits.
together-section-finish = Mark as finished
together-section-again = Open again
together-finished-at = Marked as finished, { $moment }
together-section-not-asked = By the answers so far this section is not asked.
together-section-know = Good to know
together-section-sees = You see these sections only. Your contact person sees all answers. The institute gets the municipality's answers and is not told which department gave which.
together-section-comments = Beside each question you can leave a comment for your house. It stays in the municipality.
together-section-last-day = The survey runs until { $day }.

together-mail-finished-subject = All departments have finished: { $wave }
together-mail-finished-body = Hello,

    all departments of { $municipality } have marked their sections of the survey “{ $wave }” as finished.

    Please open your access link, or type your access code at { $address }/zugang, check the answers and submit them.

    Questions are answered by { $contact }.

together-take-title = Take over facts from the last wave
together-take-lead = Your municipality took part in “{ $wave }”. You can take these facts over, one by one or by section.
together-take-none = There is nothing to take over at present: either your municipality took part in no earlier wave with comparable questions, or everything is answered already.
together-take-rule = Only numbers and choices that are asked in the same way are offered. Judgements and texts are asked afresh. What is answered already stays untouched.
together-take-all = Everything in this section
together-take-consent = By taking them over you agree that these earlier facts are used in this wave too. Each is marked as taken over until you change it; please check whether it still holds.
together-take-button = Take over what I chose
together-take-nothing = Please choose at least one fact.

together-sign-title = Sign-off
together-sign-lead = When somebody is to see the answers before they are submitted, for example the head of administration: with a link to read, or on paper. A sign-off is optional; you can submit without. Function and day are recorded, no name.
together-sign-by-link = With a link
together-sign-by-link-text = Whoever has the link can read all answers, change nothing, and sign.
together-sign-make-link = Make a link for signing
together-sign-link-title = Link for signing
together-sign-link-lead = Pass this link on. It only shows the answers.
together-sign-pass-on = Hello,

    please read our municipality's answers to the survey “{ $wave }” and sign them off:

    { $link }
together-sign-on-paper = On paper
together-sign-on-paper-text = Print the answers with a line to sign on, and record here afterwards who signed when:
together-sign-function = Function
together-sign-function-hint = For example “head of the main office”. Please no name.
together-sign-day = Day of the signature
together-sign-note = Record a sign-off on paper
together-sign-paper-wrong = Please enter function and day, for example “head of the main office” and 15.03.2027.
together-sign-no-function = Please enter your function, for example “head of the main office”.
together-sign-waits = Link made, { $moment }; not signed yet
together-sign-given = Signed off: { $function }, { $when }
together-sign-paper = Signed off on paper: { $function }, { $when }
together-sign-old = changed afterwards
together-sign-old-text = Answers were changed afterwards. You can sign again.
together-sign-drop = Delete
together-sign-drop-link = Take the link back
together-sign-read = This is how your municipality's answers would be submitted. You can read them and sign them off, but change nothing.
together-sign-button = Sign off

together-changes-title = Changes after submitting
together-changes-lead = Until the survey ends you can change answers that were submitted. Each change stands here. Only your municipality sees this list.
together-changes-none = Nothing was changed after submitting.
together-changes-when = When
together-changes-who = By whom
together-changes-what = Question
together-changes-before = Before
together-changes-after = After
together-answers-pdf = Your answers as PDF with a line to sign on

together-office-title = Municipalities in this wave
together-office-link = Find a municipality: new contact, answers on paper, withdrawal
together-office-lead = Here you give a new contact person access and type in answers that came on paper.
together-office-search = Name of the municipality or begin of its key
together-office-find = Search
together-office-to-response = To the response
together-office-found = { $count ->
    [0] No invited municipality fits.
    [one] One municipality found.
   *[other] { $count } municipalities found; the first 50 stand here.
 }
together-office-back = Back to the municipality
together-office-back-list = Find another municipality
together-office-channel = Channel
together-office-invited = Invited
together-office-opened = Begun
together-office-submitted = Submitted
together-office-withdrawn = Withdrawn
together-office-not-shown = Answers, comments and names of departments of this municipality do not stand here, only the files that it sent along.
together-office-files = Files that the municipality sent along
together-office-files-text = Check them with your virus scanner before you open them. Do not pass them on: they may hold names of people. If the municipality takes its answers back, they are deleted.
together-office-departments = { $count ->
    [one] One department has access.
   *[other] { $count } departments have access.
 }
together-office-new-title = New contact person
together-office-new-text = Make sure by another way that the request comes from the municipality, for example by calling back through its switchboard. The present link and code then open nothing any more; the answers stay.
together-office-departments-ask = What is to become of the departments' access?
together-office-keep = It goes on.
together-office-end = It is ended.
together-office-new-button = Issue new access
together-office-new-lead = Pass link or code on to the new contact person. The former access opens nothing any more.
together-office-choose = Please choose what is to become of the departments' access.
together-office-pass-on = Hello,

    here is your new access to the survey “{ $wave }”. The former one is not valid any more.

    Access link: { $link }
    Or type the access code at { $address }: { $code }
together-office-paper = Type in answers from paper
together-office-paper-text = You see the same pages with the same numbers as the municipality. Each answer that you type in is marked as “by the institute, copied from paper”; the municipality sees that and can change it.
together-office-paper-to = Type in answers
together-on-paper = You enter for the institute what { $municipality } answered on paper.
together-test = Test response: what you enter here does not count.
together-office-withdraw-text = When the municipality asks for it in another way: all of its answers are deleted, from the database file too.
together-office-withdraw-sure = The municipality has asked for its withdrawal. The answers are to be deleted for good.
