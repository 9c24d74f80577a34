# Practices: short form, life, public pages, mails.

# The wording of a practice, part by part
web-practice-since = { $mode }, seit { $year }
web-practice-part-title = Titel
web-practice-part-sentence = In einem Satz
web-practice-part-kind = Art
web-practice-part-field = Handlungsfeld
web-practice-part-problem = Ausgangslage
web-practice-part-steps = Was getan wurde
web-practice-part-run-by = Wer es betreibt
web-practice-part-partners = Wer mitwirkt
web-practice-part-staff = Personal
web-practice-part-cost = Kosten im Jahr
web-practice-part-funding = Finanzierung
web-practice-part-result = Ergebnis
web-practice-part-evidence = Woher das Ergebnis bekannt ist
web-practice-part-obstacle = Größte Hürde
web-practice-part-helped = Was dabei half
web-practice-part-requires = Was es braucht
web-practice-part-mailbox = Funktionspostfach
web-practice-kind-offer = Angebot
web-practice-kind-project = Projekt
web-practice-kind-concept = Konzept
web-practice-kind-strategy = Strategie
web-practice-kind-instrument = Instrument
web-practice-cost-under5000 = unter 5 000 Euro
web-practice-cost-from5000-to20000 = 5 000 bis 20 000 Euro
web-practice-cost-from20000-to50000 = 20 000 bis 50 000 Euro
web-practice-cost-from50000-to150000 = 50 000 bis 150 000 Euro
web-practice-cost-over150000 = über 150 000 Euro
web-practice-cost-not-known = nicht bekannt
web-practice-evidence-counted = gezählt
web-practice-evidence-users-asked = Teilnehmende befragt
web-practice-evidence-evaluated = evaluiert
web-practice-evidence-not-known = nicht bekannt
web-practice-mode-pilot = Erprobung
web-practice-mode-running = läuft
web-practice-mode-regular-service = Regelangebot
web-practice-mode-ended = beendet
web-practice-state-nominated = genannt
web-practice-state-draft = in Arbeit
web-practice-state-sent-for-release = wartet auf Freigabe
web-practice-state-released = freigegeben
web-practice-state-published = veröffentlicht
web-practice-state-withdrawn = zurückgezogen
web-practice-not-known = nicht bekannt
web-practice-part-mode = Stand
web-practice-part-since = Seit (Jahr)
web-practice-part-ended-why = Warum es beendet wurde
web-practice-part-subfield = Teilfeld
web-practice-part-target-groups = Für wen
web-practice-part-runner = Träger
web-practice-part-builds-on = Worauf es aufbaut
web-practice-part-added = Was dazukam
web-practice-part-fte = Vollzeitstellen
web-practice-part-cost-once = Kosten einmalig
web-practice-part-funding-until = Förderung läuft bis
web-practice-part-duty = Pflicht oder freiwillig
web-practice-part-differently = Was man heute anders machen würde
web-practice-part-reach = Rückruf und Besuch
web-practice-part-links = Links
web-practice-part-files = Dokumente und Bilder
web-practice-part-changed = Was anders gemacht wurde
web-practice-part-advice = Rat an andere
web-practice-group-newcomers = Zugewanderte und Geflüchtete
web-practice-group-children = Kinder
web-practice-group-youth = Jugendliche und junge Erwachsene
web-practice-group-women = Frauen
web-practice-group-families = Familien
web-practice-group-job-seekers = Arbeitsuchende
web-practice-group-older = ältere Menschen
web-practice-group-volunteers = Ehrenamtliche
web-practice-group-neighbourhood = Nachbarschaft
web-practice-group-employers = Betriebe
web-practice-group-landlords = Vermietende
web-practice-group-administration = Beschäftigte der Verwaltung
web-practice-runner-administration = Verwaltung
web-practice-runner-association = Verein oder Verband
web-practice-runner-initiative = Initiative
web-practice-runner-company = Unternehmen
web-practice-duty-duty = Pflichtaufgabe
web-practice-duty-voluntary = freiwillige Aufgabe
web-practice-duty-not-known = nicht bekannt
web-practice-reach-callback = ruft auf Wunsch zurück
web-practice-reach-visit = kann besucht werden
web-practice-state-in-review = in Prüfung
web-practice-state-faded = verblasst
web-practice-file = { $name } ({ $kind }, { $size } kB)

# The short form
web-practice-group-title-required = Das braucht jedes Beispiel
web-practice-group-title-people = Wer mitmacht und für wen
web-practice-group-title-means = Personal, Kosten, Förderung
web-practice-group-title-lessons = Was andere wissen sollten
web-practice-group-title-contact = Nachfragen und Links
web-practice-optional = (freiwillig)
web-practice-choose = Bitte wählen
web-practice-example = Beispiel
web-practice-words = Höchstens { $words } Wörter.
web-practice-hint-title = Kurz und ohne Abkürzungen, höchstens 90 Zeichen.
web-practice-example-title = Die Lehrkräfte fahren, nicht die Lernenden
web-practice-hint-sentence = Wer tut was für wen? So würden Sie es am Telefon sagen.
web-practice-example-sentence = Sechs Lehrkräfte unterrichten reihum in elf Orten, damit niemand wegen eines fehlenden Busses auf Deutsch verzichten muss.
web-practice-hint-kind = Ein Angebot läuft auf Dauer, ein Projekt endet. Konzept und Strategie sind Papiere, ein Instrument ist ein Werkzeug.
web-practice-example-kind = Ein Testtag mit gemeinsamer Warteliste ist ein Instrument.
web-practice-hint-field = Das Feld, in dem andere danach suchen würden.
web-practice-example-field = Ein Sprachkurs für Eltern gehört zu Sprache, nicht zu Bildung.
web-practice-hint-problem = Was war vorher schwierig, und woran haben Sie das gemerkt?
web-practice-example-problem = Von 140 Berechtigten meldeten sich 51 an. Als Grund nannten die meisten den Weg.
web-practice-hint-steps = Schritt für Schritt, vom ersten Gespräch bis heute. Absätze mit einer Leerzeile trennen.
web-practice-example-steps = Der Kreis legte zunächst eine Karte an: Wohnorte, Buslinien, freie Räume. Daraus ergaben sich elf Orte. Jede Gemeinde nannte einen Raum und einen Menschen mit Schlüssel.
web-practice-hint-mode = Erprobung, laufend, Regelangebot oder beendet.
web-practice-example-mode = Seit der Aufnahme in den Stellenplan ist es ein Regelangebot.
web-practice-hint-ended-why = Nur wenn es beendet ist. Auch das hilft anderen.
web-practice-example-ended-why = Die Landesmittel liefen 2015 aus, und die Nachfrage war gesunken.
web-practice-hint-since = Das Jahr, in dem es begann, vierstellig.
web-practice-example-since = 2014
web-practice-hint-result = Was ist herausgekommen? Auch, was nicht geklappt hat.
web-practice-example-result = In der vierten Woche waren noch 86 von 100 Angemeldeten da. Zwei der elf Orte wurden aufgegeben.
web-practice-hint-evidence = Woher wissen Sie das? „Nicht bekannt“ ist eine ehrliche Antwort.
web-practice-example-evidence = Teilnahmelisten: gezählt. Fragebogen am Kursende: Teilnehmende befragt. Bericht einer Hochschule: evaluiert.
web-practice-hint-subfield = Die genauere Schublade, wenn eine passt.
web-practice-example-subfield = Sprache: Sprachkurse
web-practice-hint-target-groups = Alle, an die es sich ausdrücklich richtet.
web-practice-example-target-groups = Ein Frauenfrühstück richtet sich an Frauen und an Zugewanderte.
web-practice-hint-runner = Wer die Verantwortung trägt.
web-practice-example-runner = Die Stadt zahlt, der Sportverein führt durch: Verein oder Verband.
web-practice-hint-run-by = Stelle oder Organisation, keine Personen.
web-practice-example-run-by = Landkreis, Kreisvolkshochschule
web-practice-hint-partners = Wer hilft, und womit?
web-practice-example-partners = Elf Gemeinden stellen Räume und heizen sie. Das Jobcenter meldet Berechtigte.
web-practice-hint-builds-on = Von wem haben Sie es übernommen, oder was gab es schon?
web-practice-example-builds-on = Die Kursvermittlung der Nachbarstadt von 2013.
web-practice-hint-added = Was haben Sie verändert oder ergänzt?
web-practice-example-added = Kinderbetreuung während des Unterrichts.
web-practice-hint-fte = Zahl der Vollzeitstellen, mit Komma.
web-practice-example-fte = 0,5
web-practice-hint-staff = Wer arbeitet daran, auch im Ehrenamt?
web-practice-example-staff = Zwei Lehrerinnen im Ehrenamt mit zusammen 12 Stunden in der Woche
web-practice-hint-cost-once = Anschaffung und Einrichtung am Anfang, ohne Personal, das ohnehin da ist.
web-practice-example-cost-once = Drei gebrauchte Dienstwagen: 20 000 bis 50 000 Euro
web-practice-hint-cost = Alle Kosten eines Jahres mit Personal.
web-practice-example-cost = Eine halbe Stelle und Miete: 20 000 bis 50 000 Euro
web-practice-hint-funding = Haushalt, Programm oder Spenden.
web-practice-example-funding = Landesmittel für Sprachförderung, Kreishaushalt
web-practice-hint-funding-until = Das Jahr, in dem die Förderung endet. Leer lassen, wenn sie nicht befristet ist.
web-practice-example-funding-until = 2018
web-practice-hint-duty = Verlangt ein Gesetz es, oder tun Sie es freiwillig?
web-practice-example-duty = Unterbringung ist Pflicht, ein Begegnungscafé freiwillig.
web-practice-hint-obstacle = Woran wäre es fast gescheitert?
web-practice-example-obstacle = Der Rechnungsprüfung erschien Fahrzeit als Arbeitszeit zu teuer.
web-practice-hint-helped = Was hat geholfen?
web-practice-example-helped = Eine Gegenrechnung: Fahrkarten für alle hätten fast das Gleiche gekostet.
web-practice-hint-requires = Was muss da sein, bevor andere beginnen können?
web-practice-example-requires = Eine Volkshochschule, die anstellen darf, und Räume für ein ganzes Jahr.
web-practice-hint-differently = Im Rückblick: Was würden Sie gleich anders machen?
web-practice-example-differently = Von Anfang an Vertretungen einplanen.
web-practice-hint-mailbox = Ein Postfach der Stelle, nicht einer Person. Es erscheint nur, wenn Sie es freigeben.
web-practice-example-mailbox = integration@stadt.example
web-practice-hint-reach = Was Sie anderen Kommunen anbieten.
web-practice-example-reach = Besuch nach Absprache am Freitagvormittag.
web-practice-hint-links = Bis zu vier Seiten, zum Beispiel der Ratsbeschluss.
web-practice-example-links = Beschluss des Kreistags: https://www.landkreis.example/beschluss
web-practice-link-what = Was steht dort? Link
web-practice-link-address = Adresse

# What is wrong with the form
web-practice-wrong-missing = Diese Angabe fehlt noch.
web-practice-wrong-long = Bitte kürzen Sie auf höchstens { $limit } Wörter. Es sind { $words }.
web-practice-wrong-title = Bitte geben Sie einen Titel mit höchstens 90 Zeichen ein.
web-practice-wrong-person = Hier steht „{ $found }“. Namen von Personen werden nie veröffentlicht. Bitte nennen Sie die Stelle oder die Aufgabe.
web-practice-wrong-address = Hier steht die Adresse { $found }. Bitte tragen Sie ein Postfach nur in sein Feld ein.
web-practice-wrong-personal = Das sieht nach dem Postfach einer Person aus. Bitte nennen Sie ein Funktionspostfach, zum Beispiel integration@stadt.example.
web-practice-wrong-mailbox = Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel integration@stadt.example.
web-practice-wrong-link = „{ $typed }“ ist keine Adresse im Netz. Bitte beginnen Sie mit https://, zum Beispiel https://www.stadt.example/beschluss.
web-practice-wrong-ended = Bitte schreiben Sie, warum es beendet wurde. Auch das hilft anderen.
web-practice-wrong-year = Bitte geben Sie ein Jahr mit vier Ziffern ein, zum Beispiel 2014. Sie haben „{ $typed }“ eingegeben.
web-practice-wrong-fte = Bitte geben Sie eine Zahl mit höchstens zwei Stellen nach dem Komma ein, zum Beispiel 0,5. Sie haben „{ $typed }“ eingegeben.
web-practice-wrong-field = Bitte wählen Sie ein Handlungsfeld aus der Liste.
web-practice-wrong-subfield = Dieses Teilfeld gehört zu einem anderen Handlungsfeld.
web-practice-wrong-picture = Dem Bild „{ $name }“ fehlt der Alternativtext oder die Angabe der Rechte.

# Files
web-practice-files-title = Dokumente und Bilder zu diesem Text
web-practice-file-show = Ansehen
web-practice-file-name = Bezeichnung
web-practice-file-alternative = Was das Bild zeigt (Alternativtext)
web-practice-file-rights = Rechte am Bild und Einwilligung
web-practice-file-remove = Von diesem Text entfernen
web-practice-for-pictures = (nötig für Bilder)
web-practice-upload-title = Dokument oder Bild hinzufügen
web-practice-upload-text = Beschlussvorlage, Stellenbeschreibung oder Faltblatt als PDF, ODT oder DOCX bis 5 MB, ohne Makros; Bilder als PNG oder JPEG bis 3 MB. Bitte speichern Sie den Text vorher. Ort und Gerät werden aus Bildern entfernt.
web-practice-upload-file = Datei
web-practice-upload = Datei hochladen
web-practice-file-none = Bitte wählen Sie eine Datei.
web-practice-file-unknown = Diese Datei ist weder PDF, ODT, DOCX, PNG noch JPEG. Der Inhalt zählt, nicht der Name.
web-practice-file-damaged = Diese Datei ist beschädigt oder unvollständig.
web-practice-file-large = Diese Datei ist zu groß: Dokumente bis 5 MB, Bilder bis 3 MB.
web-practice-file-active = Diese Datei enthält Makros, Skripte oder eingebettete Objekte. Bitte speichern Sie sie ohne.
web-practice-file-encrypted = Diese Datei ist verschlüsselt und kann nicht geprüft werden.
web-practice-file-pixels = Dieses Bild hat mehr als 8000 Bildpunkte an einer Seite.
web-practice-file-picture = Ein Bild braucht einen Alternativtext und die Angabe der Rechte.
web-practice-file-many = Mehr Dateien passen hier nicht: höchstens acht zu einem Text.

# Editing and steps
web-practice-step-hand-in = Zur Prüfung geben
web-practice-step-give-back = Zurückgeben
web-practice-step-publish = Veröffentlichen
web-practice-step-withdraw = Zurückziehen
web-practice-step-reopen = Wieder aufnehmen
web-practice-did-nominate = genannt
web-practice-did-save = gespeichert
web-practice-did-hand-in = zur Prüfung gegeben
web-practice-did-give-back = zurückgegeben
web-practice-did-send-for-release = zur Freigabe gesendet
web-practice-did-request-changes = Änderung gewünscht
web-practice-did-release = freigegeben
web-practice-did-publish = veröffentlicht
web-practice-did-confirm = bestätigt
web-practice-did-fade = nicht bestätigt
web-practice-did-withdraw = zurückgezogen
web-practice-did-reopen = wieder aufgenommen
web-practice-steps-title = Nächster Schritt
web-practice-step-note = Warum?
web-practice-conflict-text = Sie und jemand anderes haben dieselben Felder geändert. Alles andere ist zusammengeführt. Ihre Fassung steht unten im Formular; wenn Sie speichern, gilt sie.
web-practice-conflict-field = Feld
web-practice-conflict-mine = Ihre Fassung
web-practice-conflict-theirs = Gespeichert
web-practice-coding-title = Was dieses Beispiel lehrt
web-practice-coding-text = Bitte geben Sie nur Kodes, die der Text belegt.
web-practice-coding-save = Kodes speichern
web-practice-code-success = Erfolgsfaktor
web-practice-code-prerequisite = Voraussetzung
web-practice-code-obstacle = Hindernis
web-practice-codes-title = Kodes
web-practice-codes-text = Erfolgsfaktoren und Hindernisse, die Redaktionen in vielen Beispielen finden. Schlüssel bleiben, Namen und Definitionen dürfen schärfer werden.
web-practice-codes-used = bei { $count } Beispielen
web-practice-codes-definition = Wann er gilt und wann nicht
web-practice-codes-new = Neuer Kode
web-practice-codes-twice = Diesen Namen gibt es schon.
web-practice-name-de = Deutscher Name
web-practice-name-en = Englischer Name
web-practice-list-save = Liste speichern
web-practice-list-no-name = „{ $name }“ braucht einen Namen: Bitte tragen Sie ihn auf Deutsch ein.
web-practice-list-conflict = Jemand anders hat diese Liste inzwischen gespeichert
web-practice-list-conflict-text = Es ist nichts überschrieben worden. Ihre Eingaben stehen unten, daneben jeweils, was inzwischen gespeichert ist. Bitte gleichen Sie ab und speichern Sie noch einmal.
web-practice-list-other = Inzwischen gespeichert: {$text}
web-practice-fields-title = Handlungsfelder
web-practice-fields-text = Zwei Ebenen. Schlüssel bleiben, damit alte Beispiele ihr Feld behalten.
web-practice-fields-criteria = Nach welchen Kriterien Beispiele dieses Felds ausgewählt werden
web-practice-fields-new = Neues Feld
web-practice-fields-below = Gehört zu
web-practice-fields-top = keinem: erste Ebene
web-practice-links-title = Links
web-practice-links-text = { $count } Adressen wurden angesehen. Hier stehen die, die nicht antworten oder nicht angesehen werden.
web-practice-links-none = Alle Links antworten.
web-practice-link-not-yet = noch nicht angesehen
web-practice-link-alive = antwortet ({ $note }, { $day })
web-practice-link-dead = antwortet nicht ({ $note }, { $day })
web-practice-link-not-allowed = darf von Programmen nicht angesehen werden ({ $note }, { $day })
web-practice-link-refused = wird nicht angesehen ({ $note }, { $day })
web-practice-new-title = Beispiel eintragen
web-practice-new-add = Eintragen
web-practice-takeups-title = Übernahmen
web-practice-takeups-none = Noch hat niemand eine Übernahme gemeldet.
web-practice-takeup-title = Übernahme

# Release
web-practice-release-licence = Unter welchen Bedingungen dürfen andere den Text nutzen?
web-practice-release-mailbox = Das Postfach { $mailbox } darf mit veröffentlicht werden. Sonst gehen Fragen über ein Formular an Sie.
web-practice-release-accept-text = Wir sind mit der Veröffentlichung dieses Wortlauts unter diesen Bedingungen einverstanden.
web-practice-release-accept = Bitte bestätigen Sie die Bedingungen der Nutzung.
web-practice-release-apart = Diese Freigabe gilt nur für das Beispiel. Mit Ihren Antworten in der Befragung hat sie nichts zu tun.
web-practice-release-refuse = Nicht veröffentlichen

# The short form of owners, and proposing
web-practice-form-title = Kurzform eines Praxisbeispiels
web-practice-form-lead = Etwa zehn Minuten. Acht Angaben sind nötig, „nicht bekannt“ ist erlaubt. Sie können jederzeit speichern und später mit demselben Link weiterschreiben.
web-practice-form-saved = Ihr Entwurf ist gespeichert.
web-practice-form-save = Entwurf speichern
web-practice-form-hand-in = Speichern und an die Redaktion geben
web-practice-form-promise = Nichts davon erscheint, bevor die Kommune den genauen Wortlaut freigegeben hat.
web-practice-form-done = Vielen Dank. Der Text ist bei der Redaktion. Die Kommune erhält einen Link, mit dem sie den genauen Wortlaut freigibt.
web-practice-done-title = Ihre Praxisbeispiele
web-practice-done-text = Mögen Sie gleich die Kurzform ausfüllen? Es dauert etwa zehn Minuten, und Sie können zwischendurch speichern.
web-practice-done-fill = Kurzform ausfüllen: { $title }
web-practice-propose-title = Ein Beispiel vorschlagen
web-practice-propose-lead = Vereine, Initiativen, Unternehmen und Kommunen können Beispiele vorschlagen. Die Kommune gibt den Wortlaut frei, bevor er erscheint.
web-practice-propose-place = Kommune
web-practice-propose-place-hint = Name der Gemeinde, der Stadt oder des Landkreises, oder der amtliche Schlüssel.
web-practice-propose-meant = Welche meinen Sie? Bitte tragen Sie den Schlüssel ein.
web-practice-propose-no-place = Diese Kommune haben wir nicht gefunden. Bitte prüfen Sie die Schreibweise.
web-practice-propose-places = Mehrere Kommunen heißen so. Bitte tragen Sie den Schlüssel ein.
web-practice-propose-who = Wer schlägt vor?
web-practice-propose-who-hint = Name der Organisation oder Stelle, nicht einer Person.
web-practice-propose-no-name = Bitte nennen Sie Ihre Organisation oder Stelle.
web-practice-propose-mail = Ihre E-Mail-Adresse
web-practice-propose-mail-hint = Nur für Rückfragen und den Link. Sie wird nicht veröffentlicht.
web-practice-propose-promise = Sie erhalten einen Link zur Kurzform, auch per E-Mail, und können dort jederzeit weiterschreiben.
web-practice-propose-begin = Weiter zur Kurzform

# Published examples
web-practice-faded-since = Nicht bestätigt: Die Kommune hat nicht mehr geantwortet (verblasst seit { $day }).
web-practice-fresh-confirmed = Zuletzt bestätigt am { $day }.
web-practice-fresh-asked = Nachgefragt am { $day }.
web-practice-answer-runs = läuft wie beschrieben
web-practice-answer-changed = hat sich geändert
web-practice-answer-regular-service = ist jetzt Regelangebot
web-practice-answer-ended = ist beendet
web-practice-version-of = Fassung { $number } vom { $day }
web-practice-older = Dies ist eine ältere Fassung. Sie bleibt zitierbar.
web-practice-newest = Zur neuesten Fassung
web-practice-cite-title = So zitieren Sie dieses Beispiel
web-practice-cite = { $place }: { $title }. Fassung { $number } vom { $day }. { $address }
web-practice-licence = Nutzung: { $licence }
web-practice-facts = Auf einen Blick
web-practice-axis-known = Woher das Ergebnis bekannt ist
web-practice-axis-taken-up = Wie oft übernommen
web-practice-axis-confirmed = Zuletzt bestätigt
web-practice-taken-up-not-yet = noch nicht übernommen
web-practice-taken-up-once = einmal übernommen
web-practice-taken-up-several = { $count }-mal übernommen
web-practice-taken-up-often = oft übernommen ({ $count }-mal)
web-practice-chain-title = Wer es auch gemacht hat
web-practice-chain-none = Bisher hat uns keine andere Kommune geschrieben, dass sie es übernommen hat.
web-practice-chain-learned = gelernt von der darüber
web-practice-field-counts = Genannte Beispiele: { $named }, davon veröffentlicht: { $published }.
web-practice-field-shared = Was die Beispiele gemeinsam haben
web-practice-field-coded = { $coded } von { $published } veröffentlichten Beispielen hat die Redaktion ausgewertet.
web-practice-field-no-effect = Das beschreibt die Beispiele; es zeigt nicht, was wirkt.
web-practice-field-too-few = Dafür sind es noch zu wenige: Ab drei ausgewerteten Beispielen steht hier, was sie gemeinsam haben.
web-practice-field-success = Was getragen hat
web-practice-field-obstacles = Was im Weg stand
web-practice-lesson-count = bei { $count } von { $coded }
web-practice-field-prerequisites = Was vorher da sein musste
web-practice-field-which = Bei welchen?
web-practice-field-examples = Die Beispiele
web-practice-field-none = Aus diesem Feld ist noch kein Beispiel veröffentlicht.
web-practice-field-criteria = Nach welchen Kriterien
web-practice-criteria = Veröffentlicht wird, was die acht nötigen Angaben enthält, was die Kommune im genauen Wortlaut freigegeben hat und was andere ohne besondere Mittel nachmachen können. Wie gut das Ergebnis belegt ist, entscheidet nicht über die Aufnahme; es steht bei jedem Beispiel.
web-practice-confirm-title = Wie steht es um Ihr Beispiel?
web-practice-confirm-lead = Eine Antwort genügt. So bleibt für andere sichtbar, dass Ihr Beispiel aktuell ist.
web-practice-confirm-note = Was hat sich geändert, oder warum ist es beendet?
web-practice-confirm-send = Antwort speichern
web-practice-confirm-choose = Bitte wählen Sie eine Antwort.
web-practice-confirm-why = Bitte schreiben Sie kurz, was sich geändert hat oder warum es beendet ist.
web-practice-confirm-done = Vielen Dank. Ihre Antwort vom { $day } ist gespeichert.
web-practice-confirm-wording = Der veröffentlichte Wortlaut
web-practice-relay-title = Frage an die Kommune
web-practice-relay-lead = Ihre Frage geht per E-Mail an die Stelle, die das Beispiel betreut. Ihre Adresse sieht nur sie.
web-practice-relay-question = Ihre Frage
web-practice-relay-who = Von welcher Kommune oder Organisation?
web-practice-relay-send = Frage senden
web-practice-relay-sent = Ihre Frage ist auf dem Weg.
web-practice-relay-no-question = Bitte schreiben Sie Ihre Frage mit höchstens 3000 Zeichen.
web-practice-also-title = Haben wir auch gemacht
web-practice-also-lead = Was haben Sie anders gemacht, und was raten Sie? Die Redaktion prüft kurz, dann geben Sie den Wortlaut mit einem Link frei.
web-practice-also-via = Von wem haben Sie es gelernt?
web-practice-also-changed-hint = Höchstens 100 Wörter. Zum Beispiel: Abends statt vormittags, weil die meisten arbeiten.
web-practice-also-advice-hint = Höchstens 100 Wörter. Zum Beispiel: Sprechen Sie zuerst mit dem Hausmeister.
web-practice-also-long = Bitte kürzen Sie auf höchstens 100 Wörter.
web-practice-also-own = Das Beispiel kommt aus dieser Kommune. Bitte nennen Sie Ihre eigene.
web-practice-also-send = Übernahme melden
web-practice-also-sent = Vielen Dank. Die Redaktion schickt Ihnen einen Link, mit dem Sie den Wortlaut freigeben.
web-practice-also-release-title = Übernahme freigeben
web-practice-also-release-lead = So würde Ihre Übernahme beim Beispiel erscheinen. Bitte lesen Sie den Wortlaut.
web-practice-also-accept = Wir sind mit der Veröffentlichung unter CC BY 4.0 einverstanden.

# The audit log
web-practice-audit = Praxisbeispiel
web-practice-audit-coded = Praxisbeispiel kodiert
web-practice-audit-codes = Kodes geändert
web-practice-audit-fields = Handlungsfelder geändert
web-practice-audit-take-up-saved = Übernahme gespeichert
web-practice-audit-take-up-sent = Übernahme zur Freigabe gesendet
web-practice-audit-take-up-withdrawn = Übernahme zurückgezogen

# Mails
web-practice-mail-release-subject = Bitte um Freigabe: { $title }
web-practice-mail-release-body =
    Guten Tag,

    { $place } ist mit dem Praxisbeispiel „{ $title }“ vorgeschlagen. Wir haben daraus einen Text vorbereitet.

    Bitte lesen Sie den Wortlaut und geben Sie ihn frei oder schreiben Sie uns, was anders werden soll:

    { $link }

    Der Link zeigt nur den Text. Freigegeben wird er erst mit der Schaltfläche auf der Seite. Ohne Ihre Freigabe wird nichts veröffentlicht.

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-published-subject = Veröffentlicht: { $title }
web-practice-mail-published-body =
    Guten Tag,

    Ihr Praxisbeispiel „{ $title }“ ist veröffentlicht:

    { $link }

    Einmal im Jahr und mit jeder Befragung fragen wir Sie, ob es noch läuft.

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-withdrawn-subject = Zurückgezogen: { $title }
web-practice-mail-withdrawn-body =
    Guten Tag,

    das Praxisbeispiel „{ $title }“ steht nicht mehr auf den öffentlichen Seiten.

    { $note }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-handed-in-subject = Zur Prüfung: { $title }
web-practice-mail-handed-in-body =
    Guten Tag,

    { $place }: Die Kurzform „{ $title }“ ist abgegeben.

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-begun-subject = Ihr Vorschlag: { $title }
web-practice-mail-begun-body =
    Guten Tag,

    mit diesem Link schreiben Sie an der Kurzform von „{ $title }“ ({ $place }) weiter:

    { $link }

    Nichts erscheint, bevor die Kommune den Wortlaut freigegeben hat. Haben Sie nichts vorgeschlagen, können Sie diese E-Mail löschen.

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-proposed-subject = Neuer Vorschlag: { $title }
web-practice-mail-proposed-body =
    Guten Tag,

    { $who } schlägt ein Beispiel aus { $place } vor: „{ $title }“.

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-released-subject = Freigegeben: { $title }
web-practice-mail-released-body =
    Guten Tag,

    { $place } hat den Wortlaut von „{ $title }“ freigegeben.

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-changes-subject = Änderungswunsch: { $title }
web-practice-mail-changes-body =
    Guten Tag,

    { $place } wünscht Änderungen an „{ $title }“:

    { $note }

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-refused-subject = Nicht freigegeben: { $title }
web-practice-mail-refused-body =
    Guten Tag,

    { $place } möchte „{ $title }“ nicht veröffentlichen. { $note }

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-question-subject = Frage zu Ihrem Beispiel: { $title }
web-practice-mail-question-body =
    Guten Tag,

    jemand hat eine Frage zu Ihrem Praxisbeispiel „{ $title }“:

    { $question }

    Von: { $who }
    Antwort bitte an: { $reply }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-taken-up-subject = Übernahme gemeldet: { $title }
web-practice-mail-taken-up-body =
    Guten Tag,

    { $place } hat „{ $title }“ übernommen und bittet um Aufnahme.

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-also-release-subject = Bitte um Freigabe Ihrer Übernahme: { $title }
web-practice-mail-also-release-body =
    Guten Tag,

    { $place } hat gemeldet, das Beispiel „{ $title }“ übernommen zu haben. Bitte lesen Sie den Wortlaut und geben Sie ihn frei:

    { $link }

    Der Link zeigt nur den Text. Freigegeben wird er erst mit der Schaltfläche auf der Seite.

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-said-subject = Antwort zum Stand: { $title }
web-practice-mail-said-body =
    Guten Tag,

    { $place } schreibt zu „{ $title }“: { $note }

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-ask-subject = Läuft es noch? { $title }
web-practice-mail-ask-body =
    Guten Tag,

    Ihr Praxisbeispiel „{ $title }“ wird von anderen Kommunen gelesen. Zuletzt bestätigt wurde es am { $day }. Bitte sagen Sie uns mit einem Klick, ob es noch läuft, sich geändert hat, Regelangebot geworden oder beendet ist:

    { $link }

    Ohne Antwort wird das Beispiel nach acht Wochen als nicht bestätigt gekennzeichnet.

    Mit freundlichen Grüßen
    Ihre Redaktion
web-practice-mail-remind-subject = Noch einmal gefragt: { $title }
web-practice-mail-remind-body =
    Guten Tag,

    vor drei Wochen haben wir Sie gefragt, wie es um Ihr Praxisbeispiel „{ $title }“ steht (zuletzt bestätigt am { $day }). Eine Antwort genügt:

    { $link }

    Mit freundlichen Grüßen
    Ihre Redaktion
