# Texts of the edition: numbers, findings in words, charts, the published site (de).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = rund { $value }
edition-number-of = { $part } von { $whole }
edition-number-interval = Unsicherheitsbereich { $low } bis { $high }
edition-number-under10 = unter 10 %
edition-number-over90 = über 90 %
edition-number-less10 = weniger als 10 %
edition-number-more90 = mehr als 90 %
edition-number-suppressed = ·
edition-number-range = { $low } bis { $high }
edition-number-cell-range = { $low } bis { $high }
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
edition-sentence-short = { $share } { $of } antworten mit { $answers }.
edition-sentence-short-flag = { $share } { $of } nennen { $item }.
edition-sentence-short-mean = { $the } nennen im Mittel { $value } ({ $unit }).
edition-sentence-short-inhabitants = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die mit { $answers } antworten.
edition-sentence-flag = Auf die Frage { $question } nennen { $share } { $of } { $item }.
edition-sentence-flag-topic = Zu { $question } nennen { $share } { $of } { $item }.
edition-sentence-mean = Auf die Frage { $question } nennen { $the } im Mittel { $value } ({ $unit }).
edition-sentence-mean-topic = Zu { $question } nennen { $the } im Mittel { $value } ({ $unit }).
edition-sentence-inhabitants-item = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die bei { $item } mit { $answers } antworten.
edition-sentence-inhabitants-flag = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die auf die Frage { $question } { $item } nennen.
edition-sentence-short-inhabitants-flag = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die { $item } nennen.
edition-sentence-inhabitants-question = { $share } der Einwohnerinnen und Einwohner leben in { $in }, die auf die Frage { $question } mit { $answers } antworten.
edition-estimand-municipalities = Geschätzt ist der Anteil { $of }.
edition-estimand-inhabitants = Geschätzt ist der Anteil der Einwohnerinnen und Einwohner, die in solchen { $in } leben.
edition-estimand-mean = Geschätzt ist der Mittelwert über { $the }.
edition-n = { $n } haben geantwortet (n = { $n }).
edition-assumption = { $interval } unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-held-back = Zu { $question } lässt sich für { $the } keine Zahl ausweisen.

## Tables (crates/edition/src/tables.rs)
edition-table-of-inhabitants = { $question } (Anteil der Einwohnerinnen und Einwohner)
edition-table-item = Aussage oder Bereich
edition-table-option = Antwort
edition-table-domain = Gruppe
edition-table-top-two = beide oberen zusammen
edition-table-interval = Unsicher­heits­bereich
edition-table-mean = Mittelwert ({ $unit })
edition-table-n = n
edition-table-left-out = ohne Angabe
edition-table-all = Alle
edition-table-groups = { $question } – nach Einwohnerzahl und Stadtrecht
edition-table-groups-sum = { $estimand } Gezählt sind die Antworten { $answers } zusammen.
edition-table-everyone = alle
edition-table-by-size = Nach Größe (Einwohner)
edition-table-by-kind = Nach Stadtrecht
edition-table-suppressed = · nicht ausgewiesen, zum Schutz der Antworten einzelner Kommunen oder weil zu wenige geantwortet haben
edition-table-interval-note = Der Unsicherheitsbereich gilt für { $what } und unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-table-interval-of-sum = die beiden oberen Antworten zusammen
edition-table-interval-of-share = den Anteil
edition-table-interval-of-mean = den Mittelwert
edition-table-interval-inside = In Klammern: Unsicherheitsbereich in Prozent, unter der Annahme, dass innerhalb der Gewichtungszellen zufällig geantwortet wurde.
edition-table-left-out-note = „ohne Angabe“: gefragt, aber „weiß nicht“, „keine Angabe“ oder leer; nicht in n enthalten.
edition-table-left-out-much = † { $total } ({ $percent })
edition-table-much-note = † Mehr als ein Fünftel der Gefragten hat hier nicht inhaltlich geantwortet. Das Ergebnis ist mit Vorsicht zu lesen.
edition-missing-caption = Gefragt, beantwortet, ohne Angabe
edition-missing-asked = gefragt
edition-missing-answered = beantwortet
edition-missing-unknown = weiß nicht
edition-missing-refused = keine Angabe
edition-missing-empty = leer
edition-missing-note = Ein Punkt: Die drei Gründe sind zusammengefasst, weil einer von ihnen nur ein- oder zweimal vorkommt.

## Charts (crates/edition/src/charts)
edition-chart-legend-sum = beide oberen Antworten zusammen: Zahl rechts
edition-chart-legend-hatched = schraffiert: unter 10 %, nicht einzeln ausgewiesen
edition-chart-not-shown = nicht ausgewiesen
edition-chart-how-likert = So lesen: Jeder Balken ergibt 100 %, links die niedrigste, rechts die höchste Antwort.
edition-chart-how-dots = So lesen: Der Punkt ist der geschätzte Anteil der beiden oberen Antworten oder der Zustimmung, die Linie sein Unsicherheitsbereich.
edition-chart-how-dots-answer = So lesen: Der Punkt ist der geschätzte Anteil der Antwort { $answer }, die Linie sein Unsicherheitsbereich.
edition-chart-how-means = So lesen: Der Punkt ist der geschätzte Mittelwert ({ $unit }), die Linie sein Unsicherheitsbereich.
edition-chart-how-bars = So lesen: Der Balken ist der geschätzte Anteil, die dünne Linie sein Unsicherheitsbereich.
edition-chart-note = { $how } Gefragt: { $group }, n = { $n }. Quelle: Befragung „{ $wave }“, { $period }.
edition-chart-alt-scale = Balkendiagramm zur Frage { $question }. Anteil der Antworten { $answers }: { $numbers }.
edition-chart-alt-shares = Balkendiagramm zur Frage { $question }. Anteile: { $numbers }.
edition-chart-alt-options = Balkendiagramm zur Frage { $question }. { $numbers }.
edition-chart-alt-means = Punktdiagramm zur Frage { $question }. Mittelwerte ({ $unit }): { $numbers }.
edition-locator-alt = Lage: { $land }
edition-tiles-of = von { $whole }
edition-tiles-title = Wer geantwortet hat, nach Ländern
edition-tiles-alt = Die Länder als gleich große Kacheln. Antworten von Kommunen, Landkreise eingeschlossen: { $numbers }.
edition-tiles-note = So lesen: große Zahl – Antworten; darunter die Zahl im Register; je dunkler, desto größer der Anteil.

## Editors' texts (crates/edition/src/markdown)
edition-text-not-shown = (nicht ausgewiesen)
edition-fault-place = Zeile { $line }, Spalte { $column }: { $what }
edition-fault-unclosed = Zu „{"{{"}“ fehlt „{"}}"}“ in derselben Zeile.
edition-fault-command = „{ $word }“ lässt sich nicht einsetzen. Richtig sind n, anteil, satz und diagramm.
edition-fault-key-missing = Nach „{ $word }“ fehlt der Schlüssel eines Ergebnisses.
edition-fault-group = „{ $word }“ nennt keine Gruppe. Richtig sind { $right }.
edition-fault-html = HTML ist hier nicht möglich: { $tag }
edition-fault-link = Ein Link darf nur zu http, https oder mailto führen, nicht zu „{ $url }“.
edition-fault-picture = Bilder sind hier nicht möglich.
edition-fault-unknown = „{ $key }“ ist kein Ergebnis dieser Befragung.
edition-fault-unknown-near = „{ $key }“ ist kein Ergebnis dieser Befragung. Ähnlich: { $nearest }.
edition-fault-answer = „{ $key }“ hat mehrere Antworten. Nennen Sie eine: { $right }.
edition-fault-item = „{ $key }“ hat mehrere Zeilen. Nennen Sie eine: { $right }.
edition-fault-no-group = Für diese Gruppe gibt es bei „{ $key }“ keine Zahlen.
edition-fault-held-back = „{ $key }“ darf für diese Gruppe nicht gezeigt werden, zum Schutz der Antworten einzelner Kommunen.

## Examples in words (crates/edition/src/document/examples.rs)
edition-kind-offer = Angebot
edition-kind-project = Projekt
edition-kind-concept = Konzept
edition-kind-strategy = Strategie
edition-kind-instrument = Instrument
edition-cost-under-5000 = unter 5 000 Euro im Jahr
edition-cost-5000 = 5 000 bis unter 20 000 Euro im Jahr
edition-cost-20000 = 20 000 bis unter 50 000 Euro im Jahr
edition-cost-50000 = 50 000 bis unter 150 000 Euro im Jahr
edition-cost-150000 = 150 000 Euro im Jahr und mehr
edition-cost-not-known = nicht bekannt
edition-evidence-counted = gezählt
edition-evidence-users-asked = Beteiligte wurden befragt
edition-evidence-evaluated = von außen untersucht
edition-evidence-not-known = nicht erhoben
edition-mode-pilot = Erprobung
edition-mode-running = läuft
edition-mode-regular = Daueraufgabe
edition-mode-ended = beendet
edition-example-place = { $kind }, { $inhabitants } Einwohner, { $land }
edition-example-since-value = { $year }, { $mode }
edition-example-run-by = Wer es betreibt
edition-example-since = Seit wann
edition-example-cost = Kosten
edition-example-staff = Personal
edition-example-funding = Finanzierung
edition-example-evidence = Woher man das Ergebnis weiß
edition-example-named-in = Genannt in
edition-example-confirmed = Zuletzt bestätigt
edition-example-problem = Ausgangslage
edition-example-steps = Was getan wurde
edition-example-partners = Wer mitmacht
edition-example-result = Ergebnis
edition-example-obstacle = Hürde und was half
edition-example-requires = Was es braucht

## Handbook's value (crates/edition/src/document/build.rs)
edition-synthetic = Beispieldaten: erfundene Kommunen
edition-fact-municipalities = Städte und Gemeinden haben geantwortet
edition-fact-counties = Landkreise haben geantwortet
edition-fact-questions = Fragen sind ausgewertet
edition-fact-examples = Beispiele guter Praxis
edition-fact-small = davon aus Orten unter 10 000 Einwohnern
edition-annex-percent = Anteile sind auf ganze Prozent gerundet; ihre Summe kann deshalb um wenige Punkte von 100 abweichen.
edition-annex-apart = Städte und Gemeinden und Landkreise stehen immer getrennt, denn sie überschneiden sich.

## Method (crates/edition/src/document/method.rs)
edition-method-title-befragt = Wer gefragt wurde
edition-method-title-ruecklauf = Wer geantwortet hat
edition-method-title-gewichte = Wie gewichtet wurde
edition-method-title-unsicherheit = Was die Unsicherheitsbereiche bedeuten
edition-method-title-schutz = Was nicht gezeigt wird
edition-method-title-grenzen = Was die Zahlen nicht sagen können
edition-method-asked-1 = Gefragt wurden die Verwaltungen von Städten, Gemeinden und Landkreisen. Eingeladen waren { $invited } Kommunen. Antworten konnten sie vom { $period }.
edition-method-asked-2 = Die Teilnahme war freiwillig. Wer antwortete, haben die Kommunen selbst entschieden und nicht das Los.
edition-method-asked-3 = Städte und Gemeinden auf der einen und Landkreise auf der anderen Seite überschneiden sich: Die meisten Gemeinden gehören zu einem Landkreis. Ihre Antworten werden deshalb nie zusammengezählt.
edition-method-answered-1 = { $all } Kommunen haben so geantwortet, dass ihre Angaben zählen: { $municipalities } Städte und Gemeinden und { $counties } Landkreise. Es zählt, was abgesendet wurde oder mindestens zur Hälfte beantwortet ist. Diese Zahl gilt in allen Texten, Tabellen und Diagrammen.
edition-method-answered-2 = Bei einzelnen Fragen kann n kleiner sein, weil nicht alle jede Frage beantwortet haben.
edition-method-weights-1 = Große Städte haben viel häufiger geantwortet als kleine Gemeinden. Ungewichtete Anteile sprächen deshalb vor allem für große Städte. Jede Antwort erhält ein Gewicht: Sie steht für so viele Kommunen ihrer Gruppe, wie im Gemeindeverzeichnis auf eine Antwort kommen.
edition-method-weights-effect = Die Gewichte haben ihren Preis: Die { $n } Antworten { $of } sind rechnerisch so viel wert wie { $kish } gleich gewichtete. Das größte Gewicht ist etwa { $ratio }-mal so groß wie das kleinste.
edition-method-uncertainty-1 = Weil nicht alle geantwortet haben, ist jeder Anteil eine Schätzung. Der Unsicherheitsbereich sagt, wie genau sie ist: Würde die Befragung unter denselben Bedingungen oft wiederholt, läge der wahre Wert in etwa 95 von 100 Fällen in einem so gebildeten Bereich.
edition-method-uncertainty-2 = Haben in einer Größenklasse fast alle geantwortet, ist der Bereich schmal; denn über die übrigen ist dann wenig ungewiss. Bei kleinen Gemeinden, von denen nur wenige geantwortet haben, ist er breit.
edition-method-protection-1 = Keine Zahl soll verraten, was eine einzelne Kommune geantwortet hat. Deshalb gelten diese Regeln:
edition-method-limits-1 = Die Zahlen beschreiben, was Kommunen über sich berichten. Sie haben Grenzen:
edition-method-limits-uncovered = Ohne jede Antwort blieben: { $groups }. Über sie sagen die Zahlen nichts.
edition-method-limits-point-1 = Vielleicht haben eher Kommunen geantwortet, denen das Thema wichtig ist. Gewichte gleichen Größe und Land aus, nicht das Interesse.
edition-method-limits-point-2 = Geantwortet hat meist eine Person für die ganze Verwaltung. Leitung und Fachstellen sehen manches verschieden.
edition-method-limits-point-3 = Antworten sind Einschätzungen. Sie messen nicht, wie gut eine Aufgabe gelingt.
edition-method-limits-point-4 = Unterschiede zwischen Gruppen sind keine Ursachen. Überlappen sich zwei Unsicherheitsbereiche stark, lässt sich oft gar kein Unterschied erkennen.
edition-method-limits-point-5 = Die Beispiele guter Praxis haben Kommunen selbst genannt und die Redaktion ausgewählt. Sie sagen nicht, wie häufig etwas ist.
edition-method-limits-point-6 = Alle Zahlen haben den Stand vom { $frozen }. Was danach geschah, steht nicht darin.
edition-response-caption-groesse = Antworten nach Größenklasse
edition-response-caption-art = Antworten nach Art der Kommune
edition-response-caption-land = Antworten nach Ländern
edition-response-caption-zellen = Gewichtungszellen
edition-response-caption-einladungen = Was aus den Einladungen wurde
edition-response-group-groesse = Einwohner
edition-response-group-art = Art
edition-response-group-land = Land
edition-response-group-zellen = Zelle
edition-response-group-einladungen = Stand
edition-response-register = im Register
edition-response-answers = Antworten
edition-response-part = Anteil
edition-response-count = Anzahl
edition-response-below-one = unter 1 %

## Published site (crates/edition/site)
edition-site-skip = Zum Inhalt springen
edition-site-nav = Hauptnavigation
edition-site-foot-nav = Weitere Seiten
edition-site-crumbs = Sie sind hier
edition-site-turn = Weiterblättern
edition-site-contents = Auf dieser Seite
edition-site-start = Start
edition-site-results = Ergebnisse
edition-site-examples = Beispiele
edition-site-method = Methode
edition-site-download = Herunterladen
edition-site-imprint = Impressum
edition-site-pdf = Handreichung lesen (PDF, { $size })
edition-site-start-results = Ergebnisse ansehen
edition-site-start-examples = Beispiele ansehen
edition-site-start-fields = Die Handlungsfelder
edition-site-start-by = Wer dahintersteht
edition-site-count-examples = { $count ->
        [one] { $count } Beispiel
       *[other] { $count } Beispiele
    }
edition-site-publisher = Herausgeber
edition-site-funder = Gefördert von
edition-site-supporters = Unterstützt von
edition-site-results-lead = Was { $n } Kommunen geantwortet haben, Frage für Frage: als Satz, als Diagramm und als Tabelle. Städte und Gemeinden stehen immer getrennt von Landkreisen.
edition-site-show-numbers = Zahlen zeigen
edition-site-csv = Diese Zahlen als CSV-Datei
edition-site-examples-lead = Was Kommunen ausprobiert haben, was daraus wurde und woran es hing. Suchen Sie zuerst nach einer Kommune, die Ihrer ähnelt.
edition-site-examples-by-size = Alle Beispiele nach Größe der Kommune
edition-site-example = Beispiel
edition-site-municipality = Kommune
edition-site-kind = Art
edition-site-inhabitants = Einwohner
edition-site-land = Land
edition-site-field = Handlungsfeld
edition-site-field-more = Was Kommunen dazu noch berichten
edition-site-example-key = Das Wichtigste in Kürze
edition-site-example-mailbox = Postfach für Fragen
edition-site-method-lead = Wer gefragt wurde, wer geantwortet hat und was die Zahlen sagen können.
edition-site-method-words = In den Worten der Redaktion
edition-site-download-lead = Alle Texte, Zahlen und Beispiele dieser Ausgabe zum Lesen und Weiterverwenden.
edition-site-download-handbook = Handreichung
edition-site-download-handbook-text = Die ganze Ausgabe als PDF mit Lesezeichen, zugänglich nach PDF/UA-1.
edition-site-download-data = Offene Daten
edition-site-download-data-text = Die veröffentlichten Zahlen als CSV-Dateien (UTF-8, Komma als Trennzeichen, Punkt als Dezimalzeichen). Es sind dieselben Zahlen wie in Texten und Diagrammen.
edition-site-download-all = Alle Ergebnisse in einer Tabelle (CSV)
edition-site-download-weights = Gewichtungsbericht: was Gewichte bewirken, wie empfindlich Ergebnisse sind (CSV)
edition-site-download-missing = Gefragt, beantwortet, ohne Angabe: alle Fragen und Aussagen (CSV)
edition-site-download-codebook = Codebuch: alle Fragen und Antworten mit ihren Schlüsseln (CSV)
edition-site-download-readme = Erläuterung der Dateien (Text)
edition-site-download-each = Eine Datei je Frage
edition-site-source = Zahlen
edition-site-source-text = Befragung „{ $wave }“, { $period }. Stand der Zahlen: { $frozen }. Stand dieser Ausgabe: { $date }.
edition-site-made = Diese Seiten hat die freie Software Voneinander gemacht (Lizenz EUPL-1.2). Sie verwenden keine Skripte und keine Cookies und laden nichts von anderen Servern.

## Readme of the open data (crates/edition/src/data.rs)
edition-readme-1 = { $title }: offene Daten zur Befragung „{ $wave }“ ({ $period }). Herausgeber: { $publisher }. Stand der Zahlen: { $frozen }. Ausgabe vom { $date }. Format { $format }.
edition-readme-2 = ergebnisse.csv enthält alle Ergebnisse, eine Zelle je Zeile; ergebnis-<schluessel>.csv dasselbe für eine Frage; codebuch.csv alle Fragen und Antworten mit ihren Schlüsseln. UTF-8, Komma, Punkt als Dezimalzeichen.
edition-readme-3 = Spalten: welle, ergebnis (Schlüssel der Frage), thema, frage, zeile (Schlüssel der Aussage oder Antwort), zeile_text, gruppe (municipalities = alle Städte und Gemeinden, counties = alle Landkreise, under-5000, small-town, medium-town, large-city = Größenklassen, towns = Städte, not-towns = Gemeinden ohne Stadtrecht), gruppe_text, antwort (Schlüssel; mit + verbunden: beide zusammen), antwort_text, groesse, status, wert, von, bis, n.
edition-readme-4 = groesse: anteil-kommunen = Anteil der Kommunen; anteil-einwohner = Anteil der Einwohnerinnen und Einwohner, die in solchen Kommunen leben; mittelwert = Mittelwert über die Kommunen.
edition-readme-5 = status: prozent = ganze Prozent; mittelwert = Wert in der Einheit der Frage; unter-10 und ueber-90 = weniger als drei Kommunen auf einer Seite; nicht-ausgewiesen = zum Schutz der Antworten einzelner Kommunen zurückgehalten.
edition-readme-6 = Geantwortet haben { $n } Städte und Gemeinden und { $counties } Landkreise. Beide überschneiden sich und dürfen nicht zusammengezählt werden.
edition-readme-7 = Sie dürfen diese Daten mit Angabe der Quelle frei verwenden (Datenlizenz Deutschland – Namensnennung – Version 2.0, www.govdata.de/dl-de/by-2-0).
edition-readme-8 = gewichtung.csv ist der Gewichtungsbericht, eine Zahl je Zeile: teil sagt, worum es geht (gewichte, basis, ungewichtet, spanne, spaet-gegen-frueh, zugangsweg, verwaltungsspitze-gegen-fachkraefte), groesse, was gemessen ist. fehlende-angaben.csv sagt je Frage und Aussage, wie viele gefragt wurden, geantwortet haben und warum die übrigen fehlen; leere Gründe sind zusammengefasst, weil einer davon nur ein- oder zweimal vorkommt.

edition-analysis-only = Nur Kommunen mit { $only }: { $sentence }
edition-analysis-unweighted = Ungewichtet, nur unter denen, die geantwortet haben: { $sentence }
edition-analysis-shares = Am höchsten ist der Anteil in der Gruppe { $most } ({ $high }), am niedrigsten in der Gruppe { $least } ({ $low }).
edition-analysis-means = Am höchsten ist der Mittelwert in der Gruppe { $most } ({ $high }), am niedrigsten in der Gruppe { $least } ({ $low }).
edition-analysis-sheet = Ergebnis
edition-analysis-sheet-internal = NICHT VERÖFFENTLICHEN
edition-analysis-for-publication = freigegeben
edition-analysis-not-for-publication = nicht zur Veröffentlichung
edition-analysis-column-item = zeile
edition-analysis-column-item-text = zeile_text
edition-analysis-column-group = gruppe
edition-analysis-column-group-text = gruppe_text
edition-analysis-column-answer = antwort
edition-analysis-column-answer-text = antwort_text
edition-analysis-column-status = status
edition-analysis-column-publication = freigabe
edition-analysis-column-value = wert
edition-analysis-column-low = von
edition-analysis-column-high = bis
edition-analysis-column-se = standardfehler
edition-analysis-column-df = freiheitsgrade
edition-analysis-column-deff = designeffekt
edition-analysis-column-count = antworten
edition-analysis-column-n = n
edition-analysis-column-n-effective = n_effektiv

edition-kept-theme = Eigene Auswertungen
edition-kept-only = Gezählt sind nur Kommunen mit { $only }.
