# Texts of the edition: numbers, findings in words, charts, the published site (en).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = about { $value }
edition-number-of = { $part } of { $whole }
edition-number-interval = range of uncertainty { $low } to { $high }
edition-number-under10 = below 10%
edition-number-over90 = above 90%
edition-number-less10 = fewer than 10%
edition-number-more90 = more than 90%
edition-number-suppressed = ·
edition-number-range = { $low } to { $high }
edition-number-cell-range = { $low } to { $high }
edition-number-and = { $first } and { $last }
edition-number-or = { $first } or { $last }
edition-number-quoted = “{ $text }”

## For whom a row speaks: as a label, in the genitive, as a subject, after "in" (crates/edition/src/sentences.rs)
edition-domain-municipalities = Towns and municipalities
edition-domain-counties = Counties
edition-domain-under-5000 = fewer than 5,000 inhabitants
edition-domain-small-town = 5,000 to under 20,000 inhabitants
edition-domain-medium-town = 20,000 to under 100,000 inhabitants
edition-domain-large-city = 100,000 inhabitants and more
edition-domain-towns = Towns and cities
edition-domain-not-towns = Municipalities that are no towns
edition-short-municipalities = Towns and municipalities
edition-short-counties = Counties
edition-short-under-5000 = under 5,000
edition-short-small-town = 5,000 to under 20,000
edition-short-medium-town = 20,000 to under 100,000
edition-short-large-city = 100,000 and more
edition-short-towns = Towns and cities
edition-short-not-towns = Not towns
edition-of-municipalities = of towns and municipalities
edition-of-counties = of counties
edition-of-under-5000 = of municipalities with fewer than 5,000 inhabitants
edition-of-small-town = of towns and municipalities with 5,000 to under 20,000 inhabitants
edition-of-medium-town = of medium-sized towns (20,000 to under 100,000 inhabitants)
edition-of-large-city = of large cities (100,000 inhabitants and more)
edition-of-towns = of towns and cities
edition-of-not-towns = of municipalities that are no towns
edition-the-municipalities = towns and municipalities
edition-the-counties = counties
edition-the-under-5000 = municipalities with fewer than 5,000 inhabitants
edition-the-small-town = towns and municipalities with 5,000 to under 20,000 inhabitants
edition-the-medium-town = medium-sized towns (20,000 to under 100,000 inhabitants)
edition-the-large-city = large cities (100,000 inhabitants and more)
edition-the-towns = towns and cities
edition-the-not-towns = municipalities that are no towns
edition-in-municipalities = towns and municipalities
edition-in-counties = counties
edition-in-under-5000 = municipalities with fewer than 5,000 inhabitants
edition-in-small-town = towns and municipalities with 5,000 to under 20,000 inhabitants
edition-in-medium-town = medium-sized towns (20,000 to under 100,000 inhabitants)
edition-in-large-city = large cities (100,000 inhabitants and more)
edition-in-towns = towns and cities
edition-in-not-towns = municipalities that are no towns

## Findings in words (crates/edition/src/sentences.rs)
edition-sentence-item = On { $item }, { $share } { $of } answer { $answers }.
edition-sentence-question = Asked { $question }, { $share } { $of } answer { $answers }.
edition-sentence-topic = On { $question }, { $share } { $of } answer { $answers }.
edition-sentence-short = { $share } { $of } answer { $answers }.
edition-sentence-short-flag = { $share } { $of } name { $item }.
edition-sentence-short-mean = { $the } name { $value } ({ $unit }) on average.
edition-sentence-short-inhabitants = { $share } of inhabitants live in { $in } that answer { $answers }.
edition-sentence-flag = Asked { $question }, { $share } { $of } name { $item }.
edition-sentence-flag-topic = On { $question }, { $share } { $of } name { $item }.
edition-sentence-mean = Asked { $question }, { $the } name { $value } ({ $unit }) on average.
edition-sentence-mean-topic = On { $question }, { $the } name { $value } ({ $unit }) on average.
edition-sentence-inhabitants-item = { $share } of inhabitants live in { $in } that answer { $answers } on { $item }.
edition-sentence-inhabitants-flag = { $share } of inhabitants live in { $in } that name { $item } when asked { $question }.
edition-sentence-short-inhabitants-flag = { $share } of inhabitants live in { $in } that name { $item }.
edition-sentence-inhabitants-question = { $share } of inhabitants live in { $in } that answer { $answers } when asked { $question }.
edition-estimand-municipalities = Estimated: the share { $of }.
edition-estimand-inhabitants = Estimated: the share of inhabitants who live in such { $in }.
edition-estimand-mean = Estimated: the mean over { $the }.
edition-n = { $n } answered (n = { $n }).
edition-assumption = { $interval }, assuming that within the weighting cells it is random who answered.
edition-held-back = On { $question }, no figure can be shown for { $the }.

## Tables (crates/edition/src/tables.rs)
edition-table-of-inhabitants = { $question } (share of inhabitants)
edition-table-item = Item
edition-table-option = Answer
edition-table-domain = Group
edition-table-top-two = both upper together
edition-table-interval = range of uncertainty
edition-table-mean = mean ({ $unit })
edition-table-n = n
edition-table-left-out = not stated
edition-table-all = All
edition-table-groups = { $question } – by inhabitants and town status
edition-table-groups-sum = { $estimand } The answers { $answers } are counted together.
edition-table-everyone = all
edition-table-by-size = By size (inhabitants)
edition-table-by-kind = By town status
edition-table-suppressed = · not shown, to protect the answers of single municipalities or because too few answered
edition-table-interval-note = The range of uncertainty is for { $what } and assumes that within the weighting cells it is random who answered.
edition-table-interval-of-sum = both upper answers together
edition-table-interval-of-share = the share
edition-table-interval-of-mean = the mean
edition-table-interval-inside = In brackets: range of uncertainty in percent, assuming that within the weighting cells it is random who answered.
edition-table-left-out-note = “not stated”: asked, but “don’t know”, “no answer” or left empty; not part of n.

## Charts (crates/edition/src/charts)
edition-chart-legend-sum = both upper answers together: number at the right
edition-chart-legend-hatched = hatched: below 10%, not shown one by one
edition-chart-not-shown = not shown
edition-chart-how-likert = How to read: each bar is 100%, the lowest answer at the left, the highest at the right.
edition-chart-how-dots = How to read: the dot is the estimated share of the upper answers, the line its range of uncertainty.
edition-chart-how-means = How to read: the dot is the estimated mean ({ $unit }), the line its range of uncertainty.
edition-chart-how-bars = How to read: the bar is the estimated share, the thin line its range of uncertainty.
edition-chart-note = { $how } Asked: { $group }, n = { $n }. Source: survey “{ $wave }”, { $period }.
edition-chart-alt-scale = Bar chart for the question { $question }. Share of the answers { $answers }: { $numbers }.
edition-chart-alt-shares = Bar chart for the question { $question }. Shares: { $numbers }.
edition-chart-alt-options = Bar chart for the question { $question }. { $numbers }.
edition-chart-alt-means = Dot chart for the question { $question }. Means ({ $unit }): { $numbers }.
edition-locator-alt = Location: { $land }
edition-tiles-of = of { $whole }
edition-tiles-title = Who answered, by Land
edition-tiles-alt = The Länder as tiles of equal size. Answers, counties included: { $numbers }.
edition-tiles-note = How to read: large number – answers; below it the number in the register; the darker, the larger the share.

## Editors' texts (crates/edition/src/markdown)
edition-text-not-shown = (not shown)
edition-fault-place = Line { $line }, column { $column }: { $what }
edition-fault-unclosed = “{"{{"}” is not closed by “{"}}"}” on its line.
edition-fault-command = “{ $word }” cannot be inserted. Right are n, anteil, satz and diagramm.
edition-fault-key-missing = The key of a finding is missing behind “{ $word }”.
edition-fault-group = “{ $word }” names no group. Right are { $right }.
edition-fault-html = HTML is not possible here: { $tag }
edition-fault-link = A link may lead to http, https or mailto only, not to “{ $url }”.
edition-fault-picture = Pictures are not possible here.
edition-fault-unknown = “{ $key }” is no finding of this survey.
edition-fault-unknown-near = “{ $key }” is no finding of this survey. Near to it: { $nearest }.
edition-fault-answer = “{ $key }” has several answers. Name one: { $right }.
edition-fault-item = “{ $key }” has several rows. Name one: { $right }.
edition-fault-no-group = There are no figures for this group of “{ $key }”.
edition-fault-held-back = “{ $key }” may not be shown for this group, to protect the answers of single municipalities.

## Examples in words (crates/edition/src/document/examples.rs)
edition-kind-offer = Service
edition-kind-project = Project
edition-kind-concept = Concept
edition-kind-strategy = Strategy
edition-kind-instrument = Instrument
edition-cost-under-5000 = less than 5,000 euros a year
edition-cost-5000 = 5,000 to under 20,000 euros a year
edition-cost-20000 = 20,000 to under 50,000 euros a year
edition-cost-50000 = 50,000 to under 150,000 euros a year
edition-cost-150000 = 150,000 euros a year and more
edition-cost-not-known = not known
edition-evidence-counted = counted
edition-evidence-users-asked = those involved were asked
edition-evidence-evaluated = evaluated by others
edition-evidence-not-known = not recorded
edition-mode-pilot = pilot
edition-mode-running = running
edition-mode-regular = regular service
edition-mode-ended = ended
edition-example-place = { $kind }, { $inhabitants } inhabitants, { $land }
edition-example-since-value = { $year }, { $mode }
edition-example-run-by = Run by
edition-example-since = Since
edition-example-cost = Cost
edition-example-staff = Staff
edition-example-funding = Funding
edition-example-evidence = How the result is known
edition-example-named-in = Named in
edition-example-confirmed = Last confirmed
edition-example-problem = The problem before
edition-example-steps = What was done
edition-example-partners = Partners
edition-example-result = Result
edition-example-obstacle = Obstacle and what helped
edition-example-requires = What must exist first

## Handbook's value (crates/edition/src/document/build.rs)
edition-synthetic = Sample data: invented municipalities
edition-fact-municipalities = Towns and municipalities answered
edition-fact-counties = Counties answered
edition-fact-questions = Questions are evaluated
edition-fact-examples = Examples of good practice
edition-fact-small = of them from places below 10,000 inhabitants
edition-annex-percent = Shares are rounded to whole percents; their sum may therefore be off 100 by a few points.
edition-annex-apart = Municipalities and counties always stand apart, since they overlap.

## Method (crates/edition/src/document/method.rs)
edition-method-title-befragt = Who was asked
edition-method-title-ruecklauf = Who answered
edition-method-title-gewichte = How weights were made
edition-method-title-unsicherheit = What the ranges of uncertainty mean
edition-method-title-schutz = What is not shown
edition-method-title-grenzen = What the numbers cannot say
edition-method-asked-1 = The administrations of towns, municipalities and counties were asked. { $invited } were invited. They could answer from { $period }.
edition-method-asked-2 = Taking part was voluntary. Who answered was decided by the municipalities themselves, not by lot.
edition-method-asked-3 = Municipalities and counties overlap: most municipalities belong to a county. Their answers are therefore never added up.
edition-method-answered-1 = { $all } answered in such a way that their answers count: { $municipalities } towns and municipalities and { $counties } counties. What was submitted or is answered at least to one half counts. This number holds in all texts, tables and charts.
edition-method-answered-2 = For single questions n can be smaller, since not all answered every question.
edition-method-weights-1 = Large cities answered far more often than small municipalities. Unweighted shares would speak for large cities above all. Each answer gets a weight: it stands for as many municipalities of its group as there are in the register for one answer.
edition-method-weights-effect = Weights have their price: the { $n } answers { $of } are worth as much as { $kish } equally weighted ones. The largest weight is about { $ratio } times the smallest.
edition-method-uncertainty-1 = Since not all answered, each share is an estimate. The range of uncertainty says how exact it is: if the survey were repeated many times under the same conditions, the true value would lie in about 95 of 100 ranges made in this way.
edition-method-uncertainty-2 = Where almost all of a size class answered, the range is narrow, since little is uncertain about the others. It is wide for small municipalities, of which only few answered.
edition-method-protection-1 = No number must give away what a single municipality answered. These rules therefore hold:
edition-method-limits-1 = The numbers describe what municipalities report about themselves. They have limits:
edition-method-limits-uncovered = Without any answer: { $groups }. The numbers say nothing about them.
edition-method-limits-point-1 = Municipalities to which the subject matters may have answered more often. Weights make up for size and Land, not for interest.
edition-method-limits-point-2 = Mostly one person answered for the whole administration. Leaders and specialists see some things differently.
edition-method-limits-point-3 = Answers are assessments. They do not measure how well a task succeeds.
edition-method-limits-point-4 = Differences between groups are no causes. Where two ranges of uncertainty overlap widely, there is often no difference to be seen.
edition-method-limits-point-5 = The examples of good practice were named by municipalities and chosen by the editors. They do not say how frequent something is.
edition-method-limits-point-6 = All numbers are as of { $frozen }. What happened later is not in them.
edition-response-caption-groesse = Answers by size class
edition-response-caption-art = Answers by type
edition-response-caption-land = Answers by Land
edition-response-caption-zellen = Weighting cells
edition-response-caption-einladungen = What became of the invitations
edition-response-group-groesse = Inhabitants
edition-response-group-art = Type
edition-response-group-land = Land
edition-response-group-zellen = Cell
edition-response-group-einladungen = State
edition-response-register = in the register
edition-response-answers = answers
edition-response-part = share
edition-response-count = number
edition-response-below-one = below 1%

## Published site (crates/edition/site)
edition-site-skip = Skip to content
edition-site-nav = Main navigation
edition-site-foot-nav = Further pages
edition-site-crumbs = You are here
edition-site-turn = Turn pages
edition-site-contents = On this page
edition-site-start = Start
edition-site-results = Results
edition-site-examples = Examples
edition-site-method = Method
edition-site-download = Download
edition-site-imprint = Imprint
edition-site-pdf = Read the handbook (PDF, { $size })
edition-site-start-results = See the results
edition-site-start-examples = See the examples
edition-site-start-fields = Fields of action
edition-site-start-by = Who stands behind it
edition-site-count-examples = { $count ->
        [one] { $count } example
       *[other] { $count } examples
    }
edition-site-publisher = Publisher
edition-site-funder = Funded by
edition-site-supporters = Supported by
edition-site-results-lead = What { $n } municipalities and counties answered, question by question: as a sentence, a chart and a table. Municipalities always stand apart from counties.
edition-site-show-numbers = Show numbers
edition-site-csv = These numbers as a CSV file
edition-site-examples-lead = What municipalities tried, what came of it and what got in the way. Look first for one that is like yours.
edition-site-examples-by-size = All examples by size of the municipality
edition-site-example = Example
edition-site-municipality = Municipality
edition-site-kind = Type
edition-site-inhabitants = Inhabitants
edition-site-land = Land
edition-site-field = Field of action
edition-site-field-more = What else municipalities report
edition-site-example-key = Key facts
edition-site-example-mailbox = Mailbox for questions
edition-site-method-lead = Who was asked, who answered and what the numbers can say.
edition-site-method-words = In the editors’ words
edition-site-download-lead = All texts, numbers and examples of this edition, to read and to use.
edition-site-download-handbook = Handbook
edition-site-download-handbook-text = The whole edition as PDF with bookmarks, accessible according to PDF/UA-1.
edition-site-download-data = Open data
edition-site-download-data-text = The released numbers as CSV files (UTF-8, comma, decimal point). They are the same as in texts and charts.
edition-site-download-all = All findings in one table (CSV)
edition-site-download-codebook = Codebook: all questions and answers with their keys (CSV)
edition-site-download-readme = What the files are (text)
edition-site-download-each = One file a question
edition-site-source = Numbers
edition-site-source-text = Survey “{ $wave }”, { $period }. Numbers as of { $frozen }. Edition of { $date }.
edition-site-made = These pages were made by the free software Voneinander (licence EUPL-1.2). They use no scripts and no cookies and load nothing from other servers.

## Readme of the open data (crates/edition/src/data.rs)
edition-readme-1 = { $title }: open data of the survey “{ $wave }” ({ $period }). Publisher: { $publisher }. Numbers as of { $frozen }. Edition of { $date }. Format { $format }.
edition-readme-2 = ergebnisse.csv has all findings, one cell a line; ergebnis-<key>.csv the same for one question; codebuch.csv all questions and answers with their keys. UTF-8, comma, decimal point.
edition-readme-3 = Columns: welle (wave), ergebnis (key of the question), thema (theme), frage (question), zeile (key of the item or option), zeile_text, gruppe (group), gruppe_text, antwort (key of the answer; joined by +: both together), antwort_text, groesse (what is estimated), status, wert (value), von (lower bound), bis (upper bound), n.
edition-readme-4 = groesse: anteil-kommunen = share of municipalities; anteil-einwohner = share of the inhabitants who live in such municipalities; mittelwert = mean over municipalities.
edition-readme-5 = status: prozent = whole percents; mittelwert = in the unit of the question; unter-10 and ueber-90 = fewer than three municipalities on one side; nicht-ausgewiesen = held back to protect the answers of single municipalities.
edition-readme-6 = { $n } towns and municipalities and { $counties } counties answered. They overlap and must not be added up.
edition-readme-7 = You may use these data freely if you name the source (Data licence Germany – attribution – version 2.0, www.govdata.de/dl-de/by-2-0).
