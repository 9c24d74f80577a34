# Practices: short form, life, public pages, mails.

# The wording of a practice, part by part
web-practice-since = { $mode }, since { $year }
web-practice-part-title = Title
web-practice-part-sentence = In one sentence
web-practice-part-kind = Kind
web-practice-part-field = Field of action
web-practice-part-problem = Situation before
web-practice-part-steps = What was done
web-practice-part-run-by = Who runs it
web-practice-part-partners = Who takes part
web-practice-part-staff = Staff
web-practice-part-cost = Cost per year
web-practice-part-funding = Funding
web-practice-part-result = Result
web-practice-part-evidence = How the result is known
web-practice-part-obstacle = Biggest obstacle
web-practice-part-helped = What helped
web-practice-part-requires = What must exist first
web-practice-part-mailbox = Function mailbox
web-practice-kind-offer = offer
web-practice-kind-project = project
web-practice-kind-concept = concept
web-practice-kind-strategy = strategy
web-practice-kind-instrument = instrument
web-practice-cost-under5000 = below 5,000 euros
web-practice-cost-from5000-to20000 = 5,000 to 20,000 euros
web-practice-cost-from20000-to50000 = 20,000 to 50,000 euros
web-practice-cost-from50000-to150000 = 50,000 to 150,000 euros
web-practice-cost-over150000 = over 150,000 euros
web-practice-cost-not-known = not known
web-practice-evidence-counted = counted
web-practice-evidence-users-asked = users were asked
web-practice-evidence-evaluated = evaluated
web-practice-evidence-not-known = not known
web-practice-mode-pilot = pilot
web-practice-mode-running = running
web-practice-mode-regular-service = regular service
web-practice-mode-ended = ended
web-practice-state-nominated = named
web-practice-state-draft = being edited
web-practice-state-sent-for-release = waits for release
web-practice-state-released = released
web-practice-state-published = published
web-practice-state-withdrawn = withdrawn
web-practice-not-known = not known
web-practice-part-mode = State
web-practice-part-since = Since (year)
web-practice-part-ended-why = Why it ended
web-practice-part-subfield = Part of the field
web-practice-part-target-groups = For whom
web-practice-part-runner = Run by
web-practice-part-builds-on = What it builds on
web-practice-part-added = What was added
web-practice-part-fte = Full-time equivalents
web-practice-part-cost-once = Cost once
web-practice-part-funding-until = Funding runs until
web-practice-part-duty = Duty or voluntary
web-practice-part-differently = What one would do differently
web-practice-part-reach = Callback and visit
web-practice-part-links = Links
web-practice-part-files = Documents and pictures
web-practice-part-changed = What was changed
web-practice-part-advice = Advice to others
web-practice-group-newcomers = newcomers and refugees
web-practice-group-children = children
web-practice-group-youth = young people
web-practice-group-women = women
web-practice-group-families = families
web-practice-group-job-seekers = job seekers
web-practice-group-older = older people
web-practice-group-volunteers = volunteers
web-practice-group-neighbourhood = neighbourhood
web-practice-group-employers = employers
web-practice-group-landlords = landlords
web-practice-group-administration = staff of the administration
web-practice-runner-administration = administration
web-practice-runner-association = association
web-practice-runner-initiative = initiative
web-practice-runner-company = company
web-practice-duty-duty = duty
web-practice-duty-voluntary = voluntary task
web-practice-duty-not-known = not known
web-practice-reach-callback = calls back on request
web-practice-reach-visit = can be visited
web-practice-state-in-review = in review
web-practice-state-faded = faded
web-practice-file = { $name } ({ $kind }, { $size } kB)

# The short form
web-practice-group-title-required = What every example needs
web-practice-group-title-people = Who takes part and for whom
web-practice-group-title-means = Staff, cost, funding
web-practice-group-title-lessons = What others should know
web-practice-group-title-contact = Questions and links
web-practice-optional = (optional)
web-practice-choose = Please choose
web-practice-example = Example
web-practice-words = At most { $words } words.
web-practice-hint-title = Short and without abbreviations, at most 90 characters.
web-practice-example-title = The teachers travel, not the learners
web-practice-hint-sentence = Who does what for whom? As you would say it on the phone.
web-practice-example-sentence = Six teachers teach in eleven places in turn, so that nobody goes without German for want of a bus.
web-practice-hint-kind = An offer goes on, a project ends. Concept and strategy are papers, an instrument is a tool.
web-practice-example-kind = A test day with a common waiting list is an instrument.
web-practice-hint-field = The field in which others would look for it.
web-practice-example-field = A language course for parents belongs to language, not to education.
web-practice-hint-problem = What was difficult before, and how did you notice?
web-practice-example-problem = Of 140 people entitled, 51 signed up. Most named the journey as the reason.
web-practice-hint-steps = Step by step, from the first talk until today. Separate paragraphs by an empty line.
web-practice-example-steps = The county first drew a map: homes, bus lines, free rooms. Eleven places came out of it. Each municipality named a room and somebody with a key.
web-practice-hint-mode = Pilot, running, regular service or ended.
web-practice-example-mode = Since it entered the staff plan it has been a regular service.
web-practice-hint-ended-why = Only if it has ended. That helps others too.
web-practice-example-ended-why = The funds of the Land ended in 2015, and demand had gone down.
web-practice-hint-since = The year in which it began, four digits.
web-practice-example-since = 2014
web-practice-hint-result = What came of it? Also what did not work.
web-practice-example-result = In the fourth week 86 of 100 were still there. Two of the eleven places were given up.
web-practice-hint-evidence = How do you know? “Not known” is an honest answer.
web-practice-example-evidence = Attendance lists: counted. A questionnaire at the end: users were asked. A report of a university: evaluated.
web-practice-hint-subfield = The narrower drawer, if one fits.
web-practice-example-subfield = Language: language courses
web-practice-hint-target-groups = All whom it expressly addresses.
web-practice-example-target-groups = A women’s breakfast addresses women and newcomers.
web-practice-hint-runner = Who bears the responsibility.
web-practice-example-runner = The town pays, the sports club does it: association.
web-practice-hint-run-by = Office or organisation, no persons.
web-practice-example-run-by = County, adult education centre
web-practice-hint-partners = Who helps, and with what?
web-practice-example-partners = Eleven municipalities give rooms and heat them. The job centre names those entitled.
web-practice-hint-builds-on = From whom did you take it, or what was there before?
web-practice-example-builds-on = The neighbouring town’s course placement of 2013.
web-practice-hint-added = What did you change or add?
web-practice-example-added = Child care during lessons.
web-practice-hint-fte = Number of full-time equivalents.
web-practice-example-fte = 0.5
web-practice-hint-staff = Who works on it, volunteers included?
web-practice-example-staff = Two volunteer teachers with 12 hours a week together
web-practice-hint-cost-once = Purchases at the beginning, without staff that is there anyway.
web-practice-example-cost-once = Three used cars: 20,000 to 50,000 euros
web-practice-hint-cost = All cost of a year with staff.
web-practice-example-cost = Half a post and rent: 20,000 to 50,000 euros
web-practice-hint-funding = Budget, programme or donations.
web-practice-example-funding = Funds of the Land for language, county budget
web-practice-hint-funding-until = The year in which funding ends. Leave empty if it does not.
web-practice-example-funding-until = 2018
web-practice-hint-duty = Does a law ask for it, or is it voluntary?
web-practice-example-duty = Accommodation is a duty, a meeting café is voluntary.
web-practice-hint-obstacle = What almost made it fail?
web-practice-example-obstacle = The auditors found travel time as working time too expensive.
web-practice-hint-helped = What helped?
web-practice-example-helped = A comparison: tickets for all would have cost almost the same.
web-practice-hint-requires = What must be there before others can begin?
web-practice-example-requires = An adult education centre that may employ, and rooms for a whole year.
web-practice-hint-differently = Looking back: what would you do differently?
web-practice-example-differently = Plan for cover from the beginning.
web-practice-hint-mailbox = A mailbox of the office, not of a person. It appears only if you release it.
web-practice-example-mailbox = integration@town.example
web-practice-hint-reach = What you offer to other municipalities.
web-practice-example-reach = A visit on a Friday morning by arrangement.
web-practice-hint-links = Up to four pages, for example the council’s decision.
web-practice-example-links = Decision of the county council: https://www.county.example/decision
web-practice-link-what = What is there? Link
web-practice-link-address = Address

# What is wrong with the form
web-practice-wrong-missing = This is still missing.
web-practice-wrong-long = Please shorten to at most { $limit } words. There are { $words }.
web-practice-wrong-title = Please enter a title of at most 90 characters.
web-practice-wrong-person = Here stands “{ $found }”. Names of persons are never published. Please name the office or the task.
web-practice-wrong-address = Here stands the address { $found }. Please enter a mailbox in its own field only.
web-practice-wrong-personal = This looks like a person’s mailbox. Please name a function mailbox, for example integration@town.example.
web-practice-wrong-mailbox = Please enter a complete e-mail address, for example integration@town.example.
web-practice-wrong-link = “{ $typed }” is no address on the web. Please begin with https://, for example https://www.town.example/decision.
web-practice-wrong-ended = Please write why it ended. That helps others too.
web-practice-wrong-year = Please enter a year with four digits, for example 2014. You entered “{ $typed }”.
web-practice-wrong-fte = Please enter a number with at most two decimals, for example 0.5. You entered “{ $typed }”.
web-practice-wrong-field = Please choose a field of action from the list.
web-practice-wrong-subfield = This part belongs to another field of action.
web-practice-wrong-picture = The picture “{ $name }” lacks its alternative text or its rights.

# Files
web-practice-files-title = Documents and pictures of this text
web-practice-file-show = Show
web-practice-file-name = Name
web-practice-file-alternative = What the picture shows (alternative text)
web-practice-file-rights = Rights of the picture and consent
web-practice-file-remove = Remove from this text
web-practice-for-pictures = (needed for pictures)
web-practice-upload-title = Add a document or picture
web-practice-upload-text = Decision paper, job description or flyer as PDF, ODT or DOCX up to 5 MB, without macros; pictures as PNG or JPEG up to 3 MB. Please save the text first. Place and device are taken out of pictures.
web-practice-upload-file = File
web-practice-upload = Upload file
web-practice-file-none = Please choose a file.
web-practice-file-unknown = This file is none of PDF, ODT, DOCX, PNG and JPEG. What counts is the content, not the name.
web-practice-file-damaged = This file is damaged or incomplete.
web-practice-file-large = This file is too large: documents up to 5 MB, pictures up to 3 MB.
web-practice-file-active = This file carries macros, scripts or embedded objects. Please save it without.
web-practice-file-encrypted = This file is encrypted and cannot be checked.
web-practice-file-pixels = This picture has more than 8000 pixels on a side.
web-practice-file-picture = A picture needs an alternative text and its rights.
web-practice-file-many = No more files fit here: at most eight beside a text.

# Editing and steps
web-practice-step-hand-in = Hand in for review
web-practice-step-give-back = Give back
web-practice-step-publish = Publish
web-practice-step-withdraw = Withdraw
web-practice-step-reopen = Take up again
web-practice-did-nominate = named
web-practice-did-save = saved
web-practice-did-hand-in = handed in
web-practice-did-give-back = given back
web-practice-did-send-for-release = sent for release
web-practice-did-request-changes = change wanted
web-practice-did-release = released
web-practice-did-publish = published
web-practice-did-confirm = confirmed
web-practice-did-fade = not confirmed
web-practice-did-withdraw = withdrawn
web-practice-did-reopen = taken up again
web-practice-steps-title = Next step
web-practice-step-note = Why?
web-practice-conflict-text = You and somebody else changed the same fields. Everything else has been put together. Your version stands in the form below; if you save, it will stand.
web-practice-conflict-field = Field
web-practice-conflict-mine = Your version
web-practice-conflict-theirs = Saved
web-practice-coding-title = What this example teaches
web-practice-coding-text = Please give only codes that the text supports.
web-practice-coding-save = Save codes
web-practice-code-success = success factor
web-practice-code-prerequisite = prerequisite
web-practice-code-obstacle = obstacle
web-practice-codes-title = Codes
web-practice-codes-text = Success factors and obstacles that editors find in many examples. Keys stay, names and definitions may be sharpened.
web-practice-codes-used = in { $count } examples
web-practice-codes-definition = When it holds and when not
web-practice-codes-new = New code
web-practice-codes-twice = This name is there already.
web-practice-name-de = German name
web-practice-name-en = English name
web-practice-list-save = Save the list
web-practice-list-no-name = “{ $name }” needs a name: please enter it in German.
web-practice-list-conflict = Somebody else saved this list meanwhile
web-practice-list-conflict-text = Nothing was overwritten. What you entered stands below, with what is saved now beside it. Please compare and save once more.
web-practice-list-other = Saved meanwhile: {$text}
web-practice-fields-title = Fields of action
web-practice-fields-text = Two levels. Keys stay, so that old examples keep their field.
web-practice-fields-criteria = By which criteria examples of this field are chosen
web-practice-fields-new = New field
web-practice-fields-below = Belongs to
web-practice-fields-top = none: first level
web-practice-links-title = Links
web-practice-links-text = { $count } addresses were looked at. Here stand those that do not answer or are not looked at.
web-practice-links-none = All links answer.
web-practice-link-not-yet = not looked at yet
web-practice-link-alive = answers ({ $note }, { $day })
web-practice-link-dead = does not answer ({ $note }, { $day })
web-practice-link-not-allowed = may not be looked at by programs ({ $note }, { $day })
web-practice-link-refused = is not looked at ({ $note }, { $day })
web-practice-new-title = Enter an example
web-practice-new-add = Enter
web-practice-takeups-title = Take-ups
web-practice-takeups-none = Nobody has reported a take-up yet.
web-practice-takeup-title = Take-up

# Release
web-practice-release-licence = Under which conditions may others use the text?
web-practice-release-mailbox = The mailbox { $mailbox } may be published too. Otherwise questions reach you through a form.
web-practice-release-accept-text = We agree to the publication of this wording under these conditions.
web-practice-release-accept = Please confirm the conditions of use.
web-practice-release-apart = This release is for the example only. It has nothing to do with your answers in the survey.
web-practice-release-refuse = Do not publish

# The short form of owners, and proposing
web-practice-form-title = Short form of a practice
web-practice-form-lead = About ten minutes. Eight entries are needed, “not known” is allowed. You can save at any time and go on later with the same link.
web-practice-form-saved = Your draft is saved.
web-practice-form-save = Save the draft
web-practice-form-hand-in = Save and hand in
web-practice-form-promise = Nothing of this appears before the municipality has released the exact wording.
web-practice-form-done = Thank you. The text is with the editors. The municipality will get a link to release the exact wording.
web-practice-done-title = Your practices
web-practice-done-text = Would you like to fill in the short form now? It takes about ten minutes, and you can save in between.
web-practice-done-fill = Fill in the short form: { $title }
web-practice-propose-title = Propose an example
web-practice-propose-lead = Associations, initiatives, companies and municipalities can propose examples. The municipality releases the wording before it appears.
web-practice-propose-place = Municipality
web-practice-propose-place-hint = Name of the municipality, town or county, or its official key.
web-practice-propose-meant = Which one do you mean? Please enter its key.
web-practice-propose-no-place = We did not find this municipality. Please check the spelling.
web-practice-propose-places = Several municipalities have this name. Please enter the key.
web-practice-propose-who = Who proposes?
web-practice-propose-who-hint = Name of the organisation or office, not of a person.
web-practice-propose-no-name = Please name your organisation or office.
web-practice-propose-mail = Your e-mail address
web-practice-propose-mail-hint = Only for questions and the link. It is not published.
web-practice-propose-promise = You get a link to the short form, also by mail, and can go on writing there at any time.
web-practice-propose-begin = On to the short form

# Published examples
web-practice-faded-since = Not confirmed: the municipality has not answered any more (faded since { $day }).
web-practice-fresh-confirmed = Last confirmed on { $day }.
web-practice-fresh-asked = Asked on { $day }.
web-practice-answer-runs = runs as described
web-practice-answer-changed = has changed
web-practice-answer-regular-service = is a regular service now
web-practice-answer-ended = has ended
web-practice-version-of = Version { $number } of { $day }
web-practice-older = This is an older version. It stays citable.
web-practice-newest = To the newest version
web-practice-cite-title = How to cite this example
web-practice-cite = { $place }: { $title }. Version { $number } of { $day }. { $address }
web-practice-licence = Use: { $licence }
web-practice-facts = At a glance
web-practice-axis-known = How the result is known
web-practice-axis-taken-up = How often taken up
web-practice-axis-confirmed = Last confirmed
web-practice-taken-up-not-yet = not taken up yet
web-practice-taken-up-once = taken up once
web-practice-taken-up-several = taken up { $count } times
web-practice-taken-up-often = often taken up ({ $count } times)
web-practice-chain-title = Who did it too
web-practice-chain-none = No other municipality has told us yet that it took this up.
web-practice-chain-learned = learned from the one above
web-practice-field-counts = Examples named: { $named }, of which published: { $published }.
web-practice-field-shared = What the examples share
web-practice-field-coded = The editors have coded { $coded } of { $published } published examples.
web-practice-field-no-effect = This describes the examples; it does not show what works.
web-practice-field-too-few = There are too few yet: from three coded examples on it says here what they share.
web-practice-field-success = What carried them
web-practice-field-obstacles = What stood in the way
web-practice-lesson-count = in { $count } of { $coded }
web-practice-field-prerequisites = What had to exist first
web-practice-field-which = In which ones?
web-practice-field-examples = The examples
web-practice-field-none = No example of this field is published yet.
web-practice-field-criteria = By which criteria
web-practice-criteria = Published is what holds the eight entries needed, what the municipality has released in its exact wording, and what others can do without special means. How well the result is known does not decide; it stands with each example.
web-practice-confirm-title = How does your example stand?
web-practice-confirm-lead = One answer is enough. So others can see that your example is up to date.
web-practice-confirm-note = What has changed, or why has it ended?
web-practice-confirm-send = Save the answer
web-practice-confirm-choose = Please choose an answer.
web-practice-confirm-why = Please write briefly what has changed or why it has ended.
web-practice-confirm-done = Thank you. Your answer of { $day } is saved.
web-practice-confirm-wording = The published wording
web-practice-relay-title = Question to the municipality
web-practice-relay-lead = Your question goes by mail to the office that looks after the example. Only it sees your address.
web-practice-relay-question = Your question
web-practice-relay-who = From which municipality or organisation?
web-practice-relay-send = Send the question
web-practice-relay-sent = Your question is on its way.
web-practice-relay-no-question = Please write your question with at most 3000 characters.
web-practice-also-title = We did that too
web-practice-also-lead = What did you do differently, and what do you advise? The editors have a short look, then you release the wording with a link.
web-practice-also-via = From whom did you learn it?
web-practice-also-changed-hint = At most 100 words. For example: evenings instead of mornings, since most people work.
web-practice-also-advice-hint = At most 100 words. For example: talk to the caretaker first.
web-practice-also-long = Please shorten to at most 100 words.
web-practice-also-own = The example comes from this municipality. Please name your own.
web-practice-also-send = Report the take-up
web-practice-also-sent = Thank you. The editors will send you a link to release the wording.
web-practice-also-release-title = Release the take-up
web-practice-also-release-lead = Your take-up would appear with the example like this. Please read the wording.
web-practice-also-accept = We agree to the publication under CC BY 4.0.

# The audit log
web-practice-audit = Practice
web-practice-audit-coded = Practice coded
web-practice-audit-codes = Codes changed
web-practice-audit-fields = Fields of action changed
web-practice-audit-take-up-saved = Take-up saved
web-practice-audit-take-up-sent = Take-up sent for release
web-practice-audit-take-up-withdrawn = Take-up withdrawn

# Mails
web-practice-mail-release-subject = Please release: { $title }
web-practice-mail-release-body =
    Hello,

    { $place } has been proposed with the practice “{ $title }”. We have prepared a text.

    Please read the wording and release it, or write what should be different:

    { $link }

    The link only shows the text. It is released by the button on the page. Without your release nothing is published.

    Kind regards
    The editors
web-practice-mail-published-subject = Published: { $title }
web-practice-mail-published-body =
    Hello,

    Your practice “{ $title }” is published:

    { $link }

    Once a year and with each survey we will ask whether it still runs.

    Kind regards
    The editors
web-practice-mail-withdrawn-subject = Withdrawn: { $title }
web-practice-mail-withdrawn-body =
    Hello,

    the practice “{ $title }” is no longer on the public pages.

    { $note }

    Kind regards
    The editors
web-practice-mail-handed-in-subject = For review: { $title }
web-practice-mail-handed-in-body =
    Hello,

    { $place }: the short form “{ $title }” is handed in.

    { $link }

    Kind regards
    The editors
web-practice-mail-begun-subject = Your proposal: { $title }
web-practice-mail-begun-body =
    Hello,

    with this link you go on writing the short form of “{ $title }” ({ $place }):

    { $link }

    Nothing appears before the municipality has released the wording. If you proposed nothing, you can delete this mail.

    Kind regards
    The editors
web-practice-mail-proposed-subject = New proposal: { $title }
web-practice-mail-proposed-body =
    Hello,

    { $who } proposes an example from { $place }: “{ $title }”.

    { $link }

    Kind regards
    The editors
web-practice-mail-released-subject = Released: { $title }
web-practice-mail-released-body =
    Hello,

    { $place } has released the wording of “{ $title }”.

    { $link }

    Kind regards
    The editors
web-practice-mail-changes-subject = Change wanted: { $title }
web-practice-mail-changes-body =
    Hello,

    { $place } wants changes to “{ $title }”:

    { $note }

    { $link }

    Kind regards
    The editors
web-practice-mail-refused-subject = Not released: { $title }
web-practice-mail-refused-body =
    Hello,

    { $place } does not want to publish “{ $title }”. { $note }

    { $link }

    Kind regards
    The editors
web-practice-mail-question-subject = Question about your example: { $title }
web-practice-mail-question-body =
    Hello,

    somebody has a question about your practice “{ $title }”:

    { $question }

    From: { $who }
    Please answer to: { $reply }

    Kind regards
    The editors
web-practice-mail-taken-up-subject = Take-up reported: { $title }
web-practice-mail-taken-up-body =
    Hello,

    { $place } took up “{ $title }” and asks to be added.

    { $link }

    Kind regards
    The editors
web-practice-mail-also-release-subject = Please release your take-up: { $title }
web-practice-mail-also-release-body =
    Hello,

    { $place } reported that it took up the example “{ $title }”. Please read the wording and release it:

    { $link }

    The link only shows the text. It is released by the button on the page.

    Kind regards
    The editors
web-practice-mail-said-subject = Answer about the state: { $title }
web-practice-mail-said-body =
    Hello,

    { $place } writes about “{ $title }”: { $note }

    { $link }

    Kind regards
    The editors
web-practice-mail-ask-subject = Does it still run? { $title }
web-practice-mail-ask-body =
    Hello,

    Your practice “{ $title }” is read by other municipalities. It was last confirmed on { $day }. Please tell us whether it still runs, has changed, has become a regular service or has ended:

    { $link }

    Without an answer the example is marked as not confirmed after eight weeks.

    Kind regards
    The editors
web-practice-mail-remind-subject = Asked once more: { $title }
web-practice-mail-remind-body =
    Hello,

    three weeks ago we asked how your practice “{ $title }” stands (last confirmed on { $day }). One answer is enough:

    { $link }

    Kind regards
    The editors
