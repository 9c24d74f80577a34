# Texts of the area "web-answer" (en). Keys: <word>-<page>-<thing>.

web-answer-for = You answer for: { $municipality }
web-answer-optional = optional
web-answer-saved-today = Saved at { $time }
web-answer-saved-on = Saved on { $moment }
web-answer-sheet-link = Your feedback sheet

web-answer-code-title = Enter your access code
web-answer-code-lead = The access code stands in your invitation letter. It opens your municipality's questionnaire.
web-answer-code-label = Access code
web-answer-code-hint = 16 characters in four groups, for example ABCD-EFGH-JKMN-PQRS. Capitals and hyphens do not matter.
web-answer-code-button = Open the questionnaire
web-answer-code-lost = Cannot find your code? Write to the address in your invitation letter; you will get a new one.
web-answer-code-length = The access code has 16 characters. Please check whether one is missing or one too many.
web-answer-code-wrong = This access code does not fit. Please compare it with your letter, character by character.

web-answer-first-begin = Begin the questionnaire
web-answer-first-continue = Continue
web-answer-first-change = Change answers
web-answer-first-submitted = Your answers were submitted: { $moment }.
web-answer-first-saved-hint = Each page is saved when you go on. You can stop at any time and continue with the same link, also several departments one after another.
web-answer-first-facts = What you should know first
web-answer-first-who = Who asks
web-answer-first-funder = Who pays
web-answer-first-supporters = Who supports it
web-answer-first-until = Until when
web-answer-first-until-text = You can answer and change your answers until { $day }.
web-answer-first-minutes = How long it takes
web-answer-first-minutes-text = { $from } to { $to } minutes
web-answer-first-voluntary = Voluntary
web-answer-first-voluntary-text = Taking part is voluntary, and not taking part has no disadvantages. You may answer single questions with “don't know” or “no answer”.
web-answer-first-sees = Who sees your answers
web-answer-first-sees-text = The institute's researchers see your answers and evaluate them. So does whoever has your municipality's access link: pass it on inside your house only.
web-answer-first-sees-not = Who does not see them
web-answer-first-sees-not-text = { $funder ->
    [yes] Funders, associations
   *[no] Associations
}, Länder and other municipalities do not see your answers. Only summed-up figures that do not point to single municipalities are published, and practices whose wording you have released.
web-answer-first-pdf = To pass on inside your house
web-answer-first-pdf-link = The whole questionnaire as PDF
web-answer-first-pdf-text = So that departments can agree beforehand.
web-answer-first-get = What you get
web-answer-first-get-text = After submitting you get a feedback sheet at once: your answers beside those of similar municipalities, with practices that fit.
web-answer-first-contact = Questions

web-answer-page-progress = Page { $place } of { $of }
web-answer-page-question = Question { $number }
web-answer-page-save = Save page and continue
web-answer-page-back = Save and go back
web-answer-page-back-first = Save and go to the first page
web-answer-page-promise = This page is saved when you go on. You can change everything until the survey ends.
web-answer-page-to-first = To the first page
web-answer-page-several = Several answers are possible.
web-answer-page-several-max = Several answers are possible, at most { $max }.
web-answer-page-characters = At most { $max } characters.
web-answer-page-new-question = The page is saved. Your answer has added a question to this page.
web-answer-page-changed-elsewhere = Somebody else in your house has meanwhile answered on the page “{ $page }”. Those answers were kept.
web-answer-page-missing = { $count ->
    [one] One question is still open
   *[other] { $count } questions are still open
 }
web-answer-page-missing-help = What you entered is saved. You can answer the open questions now, or go on with “Save page and continue” and come back later.
web-answer-page-missing-here = An answer is still missing here.

web-answer-summary-title = Please check your entry
web-answer-summary-rest-saved = All other answers of this page are saved.

web-answer-nomination-legend = Practice { $number }
web-answer-nomination-title = Title
web-answer-nomination-description = What is done? A few sentences are enough.
web-answer-nomination-field = Field of action
web-answer-nomination-choose = Please choose
web-answer-nomination-mailbox = E-mail address for questions
web-answer-nomination-mailbox-hint = A function mailbox please, for example integration@town.example, no person's address.

web-answer-conflict-title = Changed in the meantime: { $page }
web-answer-conflict-what = While you filled in this page, somebody else of your municipality saved other answers. Nothing has been overwritten yet.
web-answer-conflict-help = Please choose for each question which answer is to stand. Your other entries are saved with it.
web-answer-conflict-none = not answered
web-answer-conflict-yours = Your entry
web-answer-conflict-save = Save choice and continue

web-answer-review-title = Check your answers
web-answer-review-all = Your answers
web-answer-review-change = Change
web-answer-review-open = still open
web-answer-review-empty = not answered
web-answer-review-missing = { $count ->
    [one] One answer is still missing
   *[other] { $count } answers are still missing
 }
web-answer-review-missing-help = Please answer these questions before you submit. Where you cannot or do not want to say anything, choose “don't know” or “no answer”.
web-answer-review-until = Until { $day } you can change your answers even after submitting.
web-answer-review-submit = Submit
web-answer-review-later = Submit later

web-answer-done-title = Your answers are submitted
web-answer-done-at = Thank you. Your answers are saved and submitted: { $moment }.
web-answer-done-sheet = Your feedback sheet
web-answer-done-sheet-text = It shows your answers beside the figures of similar municipalities from the last closed survey and names practices that fit. You may pass it on in your house, also to council and mayor.
web-answer-done-sheet-show = View the feedback sheet
web-answer-done-sheet-pdf = Feedback sheet as PDF
web-answer-done-next = What happens next
web-answer-done-change = You can change your answers until { $day }.
web-answer-done-review = View and change answers
web-answer-done-practices = If you named a practice, the editors prepare a text. It is published only after you have released its wording.

web-answer-planned-title = The survey has not begun yet
web-answer-planned-what = You can answer from { $day } on.
web-answer-planned-help = Please keep your access link; it will open the questionnaire then. We are glad to answer questions:
web-answer-closed-title = The survey has ended
web-answer-closed-what = Answers were possible until { $day }. Nothing can be changed any more.
web-answer-closed-help = You can still read here what was saved until then. We are glad to answer questions:
web-answer-closed-own = Your answers
web-answer-closed-unsaved = Not saved
web-answer-closed-unsaved-help = The survey ended before you saved this page. This is what you entered, so that you can copy it.
web-answer-withdrawn-title = This participation was withdrawn
web-answer-withdrawn-what = Your municipality's answers do not enter the evaluation.
web-answer-withdrawn-help = If you would like to take part after all, write to us:

web-answer-sheet-title = Your feedback sheet
web-answer-sheet-lead = Your answers beside the figures of your peer group: { $group }.
web-answer-sheet-source = The figures come from “{ $wave }”, as of { $date }. They are rounded to whole percents and stand for all municipalities of the group, weighted up from those that answered.
web-answer-sheet-needs = Where you see high need
web-answer-sheet-needs-text = For each need we name up to three practices that fit your municipality.
web-answer-sheet-no-example = There is no published practice for this yet.
web-answer-sheet-beside = Your answers in comparison
web-answer-sheet-how = The bar shows how the peer group answered, from left (low) to right (high). Your answer is outlined.
web-answer-sheet-suppressed = A dot (·) stands where too few answered to give a figure.
web-answer-sheet-question = Question
web-answer-sheet-own = Your answer
web-answer-sheet-peers = Peer group
web-answer-sheet-numbers = Show figures
web-answer-sheet-like-you = { $share } answer like you
web-answer-sheet-mean = Mean { $mean } { $unit }
web-answer-sheet-n = n = { $n }
web-answer-sheet-wider = Too few in your group; shown are: { $group }.
web-answer-sheet-none = No survey has been closed yet beside whose figures your answers could stand. As soon as there is one, you will find the feedback sheet at this address.
