# Texts of the edition: numbers, findings in words, charts, the published site (de).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = rund { $value }
edition-number-of = { $part } von { $whole }
edition-number-interval = Unsicherheitsbereich { $low } bis { $high }
edition-number-under10 = unter 10 %
edition-number-over90 = über 90 %
edition-number-less10 = weniger als 10 %
edition-number-more90 = mehr als 90 %
edition-number-suppressed = ·
edition-number-range = { $low } bis { $high }
edition-number-and = { $first } und { $last }
edition-number-or = { $first } oder { $last }
edition-number-quoted = „{ $text }“

## For whom a row speaks: as a label, in the genitive, as a subject, after "in" (crates/edition/src/sentences.rs)
edition-domain-municipalities = Städte und Gemeinden
edition-domain-counties = Landkreise
edition-domain-under-5000 = unter 5 000 Einwohner
edition-domain-small-town = 5 000 bis unter 20 000 Einwohner
edition-domain-medium-town = 20 000 bis unter 100 000 Einwohner
edition-domain-large-city = 100 000 und mehr Einwohner
edition-domain-towns = Städte
edition-domain-not-towns = Gemeinden ohne Stadtrecht
edition-short-municipalities = Städte und Gemeinden
edition-short-counties = Landkreise
edition-short-under-5000 = unter 5 000
edition-short-small-town = 5 000 bis unter 20 000
edition-short-medium-town = 20 000 bis unter 100 000
edition-short-large-city = 100 000 und mehr
edition-short-towns = Städte
edition-short-not-towns = Gemeinden ohne Stadtrecht
edition-of-municipalities = der Städte und Gemeinden
edition-of-counties = der Landkreise
edition-of-under-5000 = der Gemeinden unter 5 000 Einwohnern
edition-of-small-town = der Städte und Gemeinden mit 5 000 bis unter 20 000 Einwohnern
edition-of-medium-town = der Mittelstädte (20 000 bis unter 100 000 Einwohner)
edition-of-large-city = der Großstädte (ab 100 000 Einwohnern)
edition-of-towns = der Städte
edition-of-not-towns = der Gemeinden ohne Stadtrecht
edition-the-municipalities = die Städte und Gemeinden
edition-the-counties = die Landkreise
edition-the-under-5000 = die Gemeinden unter 5 000 Einwohnern
edition-the-small-town = die Städte und Gemeinden mit 5 000 bis unter 20 000 Einwohnern
edition-the-medium-town = die Mittelstädte (20 000 bis unter 100 000 Einwohner)
edition-the-large-city = die Großstädte (ab 100 000 Einwohnern)
edition-the-towns = die Städte
edition-the-not-towns = die Gemeinden ohne Stadtrecht
edition-in-municipalities = Städten und Gemeinden
edition-in-counties = Landkreisen
edition-in-under-5000 = Gemeinden unter 5 000 Einwohnern
edition-in-small-town = Städten und Gemeinden mit 5 000 bis unter 20 000 Einwohnern
edition-in-medium-town = Mittelstädten (20 000 bis unter 100 000 Einwohner)
edition-in-large-city = Großstädten (ab 100 000 Einwohnern)
edition-in-towns = Städten
edition-in-not-towns = Gemeinden ohne Stadtrecht

## Findings in words (crates/edition/src/sentences.rs)
edition-sentence-item = Bei { $item } antworten { $share } { $of } mit { $answers }.
edition-sentence-question = Auf die Frage { $question } antworten { $share } { $of } mit { $answers }.
edition-sentence-topic = Zu { $question } antworten { $share } { $of } mit { $answers }.
edition-sentence-flag = Auf die Frage { $question } nennen { $share } { $of } { $item }.
edition-sentence-flag-topic = Zu { $question } nennen { $share } { $of } { $item }.
edition-sentence-mean = Auf die Frage { $question } nennen { $the } im Mittel { $value } ({ $unit }).
edition-sentence-mean-topic = Zu { $question } nennen { $the } im Mittel { $value } ({ $unit }).
edition-sentence-inhabitants-item = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die bei { $item } mit { $answers } antworten.
edition-sentence-inhabitants-question = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die auf die Frage { $question } mit { $answers } antworten.
edition-estimand-municipalities = Geschätzt ist der Anteil { $of }.
edition-estimand-inhabitants = Geschätzt ist der Anteil der Einwohnerinnen und Einwohner, die in solchen { $in } leben.
edition-estimand-mean = Geschätzt ist der Mittelwert über { $the }.
edition-n = { $n } haben geantwortet (n = { $n }).
edition-assumption = { $interval } unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-held-back = Zu { $question } lässt sich für { $the } keine Zahl ausweisen.

## Tables (crates/edition/src/tables.rs)
edition-table-item = Aussage oder Bereich
edition-table-option = Antwort
edition-table-domain = Gruppe
edition-table-top-two = beide oberen zusammen
edition-table-interval = Unsicherheitsbereich
edition-table-mean = Mittelwert ({ $unit })
edition-table-n = n
edition-table-left-out = ohne Angabe
edition-table-all = Alle
edition-table-by-size = Nach Größe
edition-table-by-kind = Nach Stadtrecht
edition-table-suppressed = · nicht ausgewiesen, zum Schutz der Antworten einzelner Kommunen oder weil zu wenige geantwortet haben
edition-table-interval-note = Der Unsicherheitsbereich gilt für { $what } und unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-table-interval-of-sum = die beiden oberen Antworten zusammen
edition-table-interval-of-share = den Anteil
edition-table-interval-of-mean = den Mittelwert
edition-table-interval-inside = In Klammern: Unsicherheitsbereich in Prozent, unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-table-left-out-note = „ohne Angabe“: gefragt, aber „weiß nicht“, „keine Angabe“ oder leer; nicht in n enthalten.

## Charts (crates/edition/src/charts)
edition-chart-legend-sum = beide oberen Antworten zusammen: Zahl rechts
edition-chart-not-shown = nicht ausgewiesen
edition-chart-how-likert = So lesen: Jeder Balken ergibt 100 %, links die niedrigste, rechts die höchste Antwort.
edition-chart-how-dots = So lesen: Der Punkt ist der geschätzte Anteil der beiden oberen Antworten oder der Zustimmung, die Linie sein Unsicherheitsbereich.
edition-chart-how-means = So lesen: Der Punkt ist der geschätzte Mittelwert, die Linie sein Unsicherheitsbereich.
edition-chart-how-bars = So lesen: Der Balken ist der geschätzte Anteil, die dünne Linie sein Unsicherheitsbereich.
edition-chart-note = { $how } Gefragt: { $group }, n = { $n }. Quelle: Befragung „{ $wave }“, { $period }.
edition-chart-alt-scale = Balkendiagramm zur Frage { $question }. Anteil der Antworten { $answers }: { $numbers }.
edition-chart-alt-shares = Balkendiagramm zur Frage { $question }. Anteile: { $numbers }.
edition-chart-alt-options = Balkendiagramm zur Frage { $question }. { $numbers }.
edition-chart-alt-means = Punktdiagramm zur Frage { $question }. Mittelwerte ({ $unit }): { $numbers }.
edition-locator-alt = Lage: { $land }
edition-tiles-of = von { $whole }
edition-tiles-title = Wer geantwortet hat, nach Ländern
edition-tiles-alt = Die Länder als gleich große Kacheln. Antworten von Städten und Gemeinden: { $numbers }.
edition-tiles-note = So lesen: große Zahl – Antworten; darunter die Zahl im Register; je dunkler, desto größer der Anteil.
