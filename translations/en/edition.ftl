# Texts of the edition: numbers, findings in words, charts, the published site (en).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = about { $value }
edition-number-of = { $part } of { $whole }
edition-number-interval = range of uncertainty { $low } to { $high }
edition-number-under10 = below 10%
edition-number-over90 = above 90%
edition-number-less10 = fewer than 10%
edition-number-more90 = more than 90%
edition-number-suppressed = ·
edition-number-range = { $low } to { $high }
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
edition-sentence-flag = Asked { $question }, { $share } { $of } name { $item }.
edition-sentence-flag-topic = On { $question }, { $share } { $of } name { $item }.
edition-sentence-mean = Asked { $question }, { $the } name { $value } ({ $unit }) on average.
edition-sentence-mean-topic = On { $question }, { $the } name { $value } ({ $unit }) on average.
edition-sentence-inhabitants-item = { $share } of inhabitants live in { $in } that answer { $answers } on { $item }.
edition-sentence-inhabitants-question = { $share } of inhabitants live in { $in } that answer { $answers } when asked { $question }.
edition-estimand-municipalities = Estimated: the share { $of }.
edition-estimand-inhabitants = Estimated: the share of inhabitants who live in such { $in }.
edition-estimand-mean = Estimated: the mean over { $the }.
edition-n = { $n } answered (n = { $n }).
edition-assumption = { $interval }, assuming that within the weighting cells it is random who answered.
edition-held-back = On { $question }, no figure can be shown for { $the }.

## Tables (crates/edition/src/tables.rs)
edition-table-item = Item
edition-table-option = Answer
edition-table-domain = Group
edition-table-top-two = both upper together
edition-table-interval = range of uncertainty
edition-table-mean = mean ({ $unit })
edition-table-n = n
edition-table-left-out = not stated
edition-table-all = All
edition-table-by-size = By size
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
edition-chart-not-shown = not shown
edition-chart-how-likert = How to read: each bar is 100%, the lowest answer at the left, the highest at the right.
edition-chart-how-dots = How to read: the dot is the estimated share of the upper answers, the line its range of uncertainty.
edition-chart-how-means = How to read: the dot is the estimated mean, the line its range of uncertainty.
edition-chart-how-bars = How to read: the bar is the estimated share, the thin line its range of uncertainty.
edition-chart-note = { $how } Asked: { $group }, n = { $n }. Source: survey “{ $wave }”, { $period }.
edition-chart-alt-scale = Bar chart for the question { $question }. Share of the answers { $answers }: { $numbers }.
edition-chart-alt-shares = Bar chart for the question { $question }. Shares: { $numbers }.
edition-chart-alt-options = Bar chart for the question { $question }. { $numbers }.
edition-chart-alt-means = Dot chart for the question { $question }. Means ({ $unit }): { $numbers }.
edition-locator-alt = Location: { $land }
edition-tiles-of = of { $whole }
edition-tiles-title = Who answered, by Land
edition-tiles-alt = The Länder as tiles of equal size. Answers of towns and municipalities: { $numbers }.
edition-tiles-note = How to read: large number – answers; below it the number in the register; the darker, the larger the share.
