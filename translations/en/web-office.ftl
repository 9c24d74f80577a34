# Texts of the area "web-office" (en). Keys: <word>-<page>-<thing>.

web-office-nav = Back office
web-office-sign-in-title = Sign in
web-office-sign-in-lead = For the study's staff. If you received a sign-in link, open it directly.
web-office-sign-in-link-lead = Your sign-in link works once. The button signs you in.
web-office-sign-in-mail = E-mail address
web-office-sign-in-password = Password
web-office-sign-in-button = Sign in
web-office-sign-in-failed = Signing in did not work
web-office-sign-in-wrong = E-mail address or password does not fit. Please check both.
web-office-sign-in-used = This sign-in link was used or has expired. Please ask for a new one or sign in with your password.
web-office-sign-out = Sign out
web-office-role-researcher = research
web-office-role-editor = editing
web-office-role-association = association

web-office-overview-title = Overview
web-office-overview-who = Signed in: { $name } ({ $role })
web-office-overview-waves = Surveys
web-office-overview-response = { $invited } invited, { $submitted } submitted, { $begun } begun
web-office-phase-planned = planned
web-office-phase-open = running
web-office-phase-ended = ended, not yet evaluated
web-office-phase-frozen = closed

web-office-response-title = Response: { $wave }
web-office-response-lead = { $n } of { $invited } invited municipalities count.
web-office-response-dispositions = What became of the invitations
web-office-response-rule = Submitted responses count, and those in which at least half of the required questions are answered.
web-office-response-by-size = By size
web-office-response-by-type = By type
web-office-response-by-land = By Land
web-office-response-group = Group
web-office-response-population = in the register
web-office-response-invited = invited
web-office-response-responded = response
web-office-response-share = share of the register
web-office-response-bar = share as a bar
web-office-weights-title = Weights report: { $wave }
web-office-weights-lead = What the weights do, who is missing, and how sensitive results are. All figures have passed disclosure control; they are in the edition's open data as well.
web-office-weights-none = This wave was closed before there were weights reports. The dataset is frozen; no report is made afterwards.
web-office-weights-contents = Contents of the report
web-office-weights-meaning = What does this mean?
web-office-weights-missing = Asked, answered, missing
web-office-weights-missing-meaning = For each question and item: how many were asked, how many gave a substantial answer, and what became of the others. Where more than a fifth is missing the row is marked: those who answered do not readily speak for the others.
web-office-weights-back = Back to the response
web-office-weights-heading = Weights
web-office-weights-hint = How responses were weighted, who is missing, and how far results could move.
web-office-weights-to = See the weights report
web-office-disposition-unopened = not opened
web-office-disposition-begun = begun
web-office-disposition-usable-partial = partly answered, usable
web-office-disposition-complete = submitted
web-office-disposition-duplicate = duplicate
web-office-disposition-withdrawn = withdrawn

web-office-close-title = Close the survey
web-office-close-hint = Closing freezes the dataset and evaluates it.
web-office-close-to = To closing
web-office-close-heading = Close: { $wave }
web-office-close-lead = { $n } responses enter the dataset.
web-office-close-text = After that nobody can answer or change answers any more, even while the field period lasts. This cannot be undone.
web-office-close-button = Close the survey for good
web-office-close-back = Do not close
web-office-close-failed = The survey was not closed

web-office-practices-title = Practices
web-office-practices-filter = By state
web-office-practices-all = all
web-office-practices-none = There is no practice here yet.
web-office-practices-place = Municipality
web-office-practices-confirmed = last confirmed
web-office-practice-since = Since (year)
web-office-practice-title-wrong = Please enter a title of at most 90 characters.
web-office-practice-since-wrong = Please enter a year, for example 2014. You entered “{ $typed }”.
web-office-practice-mailbox-wrong = Please enter a complete e-mail address, for example integration@town.example.
web-office-practice-save = Save text
web-office-practice-released-hint = This wording is released. If you change it, the municipality must release it again.
web-office-practice-send-title = Send for release
web-office-practice-send-text = The municipality gets a link that shows exactly the saved wording. It is published only after release.
web-office-practice-send-to = E-mail address
web-office-practice-send = Send for release
web-office-practice-missing = Still missing before that:
web-office-practice-settled = This wording waits for no release.
web-office-practice-life = History
web-office-conflict-title = Changed in the meantime
web-office-conflict-text = Somebody else saved this text while you worked on it. Your entries stand in the form below. If you save now, they will stand.
web-office-conflict-standing = What is saved now
web-office-conflict-edition = Somebody else saved this edition while you worked on it. Your entries stand in the form below. If you save now, they will stand. Open the page in a second window to see what is saved.

web-office-release-mail-subject = Request for release: { $title }
web-office-release-mail-body =
    Hello,

    { $place } named the practice “{ $title }”. We have prepared a text for the handbook.

    Please read the wording and release it, or write what should be different:

    { $link }

    The link only shows the text. It is released by the button on the page. Nothing is published without your release.

    Kind regards
    The editors

web-office-edition-title = Edition: { $title }
web-office-edition-published = published: { $moment }
web-office-edition-draft = in progress
web-office-edition-cover = Title and imprint
web-office-edition-name = Title
web-office-edition-subtitle = Subtitle
web-office-edition-date = Date of the edition
web-office-edition-date-wrong = Please enter the date as year-month-day, for example 2016-06-15. You entered “{ $typed }”.
web-office-edition-imprint = Imprint, line by line
web-office-edition-organisations = Publisher, funder, supporters
web-office-edition-publisher = Publisher
web-office-edition-funder = Funder
web-office-edition-supporter = Supporter { $number }
web-office-edition-logo = Logo (SVG)
web-office-edition-logo-hint = Enter a logo as SVG text that begins with <svg. An empty name leaves the supporter out.
web-office-edition-texts = Texts
web-office-edition-insert = Do not write figures yourself: insert findings, so that text and table cannot differ.
web-office-edition-insert-share = becomes “about 71%”
web-office-edition-insert-sentence = becomes the whole sentence
web-office-edition-insert-chart = becomes the chart
web-office-edition-keys = Keys of the findings
web-office-edition-markdown = Markdown
web-office-edition-foreword = Foreword
web-office-edition-introduction = Introduction
web-office-edition-method = Method
web-office-edition-findings = Findings that open the chapter
web-office-edition-findings-hint = Keys, separated by commas; the first opens the chapter with sentence and chart.
web-office-edition-examples = Practices and their order
web-office-edition-examples-hint = A number chooses the practice and its place; an empty field leaves it out.
web-office-edition-not-released = not released
web-office-edition-faults = Something is not right in the texts yet
web-office-edition-faults-text = All is saved. Before publishing these places must be right:
web-office-edition-no-release = The survey of this edition is not closed yet. Findings can be inserted and checked after that.
web-office-edition-preview = Preview of the texts
web-office-edition-preview-pdf = Preview of the handbook (PDF)
web-office-edition-save = Save edition
web-office-preview-title = Preview: { $title }
web-office-preview-back = Back to editing
web-office-preview-note = This is how the texts will stand in the edition, with the findings put in. Nothing of it is published yet.

web-office-mails-title = Outbox
web-office-mails-lead = What was sent or still waits. Where no mail server is configured, each mail lies as a file in the data folder.
web-office-mails-none = No mail has been written yet.
web-office-mail-subject = Subject
web-office-mail-to = To
web-office-mail-state = State
web-office-mail-at = Written
web-office-mail-note = Note
web-office-mail-queued = waiting
web-office-mail-sending = being handed over
web-office-mail-sent = sent
web-office-mail-failed = refused

web-office-audit-title = Audit log
web-office-audit-lead = Every change by staff, newest first.
web-office-audit-at = When
web-office-audit-actor = Who
web-office-audit-action = What
web-office-audit-subject = To what
web-office-action-practice-saved = practice saved
web-office-action-practice-sent = practice sent for release
web-office-action-edition-saved = edition saved
web-office-action-edition-published = edition published
web-office-action-wave-frozen = survey closed
web-office-action-invited = invited
web-office-action-staff-put = access set up
web-office-action-wave-put = survey made or changed
web-office-action-staff-removed = access taken away
