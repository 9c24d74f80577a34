# Texts of the area "web-office" (de). Keys: <word>-<page>-<thing>.

web-office-nav = Verwaltung
web-office-sign-in-title = Anmelden
web-office-sign-in-lead = Für Beschäftigte der Studie. Wenn Sie einen Anmeldelink erhalten haben, öffnen Sie ihn unmittelbar.
web-office-sign-in-link-lead = Ihr Anmeldelink gilt einmal. Mit der Schaltfläche melden Sie sich an.
web-office-sign-in-mail = E-Mail-Adresse
web-office-sign-in-password = Passwort
web-office-sign-in-button = Anmelden
web-office-sign-in-failed = Die Anmeldung hat nicht geklappt
web-office-sign-in-wrong = E-Mail-Adresse oder Passwort passt nicht. Bitte prüfen Sie beides.
web-office-sign-in-used = Dieser Anmeldelink ist verbraucht oder abgelaufen. Bitte fordern Sie einen neuen an oder melden Sie sich mit Ihrem Passwort an.
web-office-sign-out = Abmelden
web-office-role-researcher = Forschung
web-office-role-editor = Redaktion
web-office-role-association = Verband

web-office-overview-title = Übersicht
web-office-overview-who = Angemeldet: { $name } ({ $role })
web-office-overview-waves = Befragungen
web-office-overview-response = { $invited } eingeladen, { $submitted } abgesendet, { $begun } begonnen
web-office-phase-planned = geplant
web-office-phase-open = läuft
web-office-phase-ended = beendet, noch nicht ausgewertet
web-office-phase-frozen = abgeschlossen

web-office-response-title = Rücklauf: { $wave }
web-office-response-lead = { $n } von { $invited } eingeladenen Kommunen zählen.
web-office-response-dispositions = Was aus den Einladungen wurde
web-office-response-rule = Es zählen abgesendete Antworten und solche, in denen mindestens die Hälfte der Pflichtfragen beantwortet ist.
web-office-response-by-size = Nach Größe
web-office-response-by-type = Nach Art der Kommune
web-office-response-by-land = Nach Land
web-office-response-group = Gruppe
web-office-response-population = im Verzeichnis
web-office-response-invited = eingeladen
web-office-response-responded = Rücklauf
web-office-response-share = Anteil am Verzeichnis
web-office-response-bar = Anteil als Balken
web-office-weights-title = Gewichtungsbericht: { $wave }
web-office-weights-lead = Was die Gewichte bewirken, wer fehlt und wie empfindlich die Ergebnisse sind. Alle Zahlen haben die Prüfung zum Schutz der Antworten durchlaufen; sie stehen auch in den offenen Daten der Ausgabe.
web-office-weights-none = Diese Befragung wurde abgeschlossen, bevor es Gewichtungsberichte gab. Der Datensatz ist eingefroren; ein Bericht entsteht nicht nachträglich.
web-office-weights-contents = Inhalt des Berichts
web-office-weights-meaning = Was heißt das?
web-office-weights-missing = Gefragt, beantwortet, ohne Angabe
web-office-weights-missing-meaning = Je Frage und Aussage: wie viele gefragt wurden, wie viele inhaltlich geantwortet haben und was aus den übrigen wurde. Fehlt mehr als ein Fünftel, ist die Zeile gekennzeichnet: Wer dort antwortet, spricht nicht ohne Weiteres für die anderen.
web-office-weights-back = Zurück zum Rücklauf
web-office-weights-heading = Gewichtung
web-office-weights-hint = Wie die Antworten gewichtet wurden, wer fehlt und wie weit Ergebnisse sich verschieben könnten.
web-office-weights-to = Gewichtungsbericht ansehen
web-office-disposition-unopened = nicht geöffnet
web-office-disposition-begun = begonnen
web-office-disposition-usable-partial = teilweise beantwortet, verwertbar
web-office-disposition-complete = abgesendet
web-office-disposition-duplicate = doppelt
web-office-disposition-withdrawn = zurückgezogen

web-office-close-title = Befragung abschließen
web-office-close-hint = Beim Abschließen wird der Datensatz eingefroren und ausgewertet.
web-office-close-to = Zum Abschließen
web-office-close-heading = Abschließen: { $wave }
web-office-close-lead = { $n } Antworten gehen in den Datensatz ein.
web-office-close-text = Danach kann niemand mehr antworten oder Antworten ändern, auch wenn der Befragungszeitraum noch läuft. Das lässt sich nicht zurücknehmen.
web-office-close-button = Befragung endgültig abschließen
web-office-close-back = Nicht abschließen
web-office-close-failed = Die Befragung wurde nicht abgeschlossen

web-office-practices-title = Praxisbeispiele
web-office-practices-filter = Nach Stand
web-office-practices-all = alle
web-office-practices-none = Hier steht noch kein Praxisbeispiel.
web-office-practices-place = Kommune
web-office-practices-confirmed = zuletzt bestätigt
web-office-practice-since = Seit (Jahr)
web-office-practice-title-wrong = Bitte geben Sie einen Titel mit höchstens 90 Zeichen ein.
web-office-practice-since-wrong = Bitte geben Sie ein Jahr ein, zum Beispiel 2014. Sie haben „{ $typed }“ eingegeben.
web-office-practice-mailbox-wrong = Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel integration@stadt.example.
web-office-practice-save = Text speichern
web-office-practice-released-hint = Dieser Wortlaut ist freigegeben. Wenn Sie ihn ändern, muss die Kommune ihn noch einmal freigeben.
web-office-practice-send-title = Zur Freigabe senden
web-office-practice-send-text = Die Kommune erhält einen Link, der genau den gespeicherten Wortlaut zeigt. Veröffentlicht wird er erst nach der Freigabe.
web-office-practice-send-to = E-Mail-Adresse
web-office-practice-send = Zur Freigabe senden
web-office-practice-missing = Vorher fehlen noch:
web-office-practice-settled = Dieser Wortlaut wartet auf keine Freigabe.
web-office-practice-life = Verlauf
web-office-conflict-title = Inzwischen geändert
web-office-conflict-text = Jemand anderes hat diesen Text gespeichert, während Sie daran gearbeitet haben. Ihre Eingaben stehen unten im Formular. Wenn Sie jetzt speichern, gelten sie.
web-office-conflict-standing = Was jetzt gespeichert ist
web-office-conflict-edition = Jemand anderes hat diese Ausgabe gespeichert, während Sie daran gearbeitet haben. Ihre Eingaben stehen unten im Formular. Wenn Sie jetzt speichern, gelten sie. Den gespeicherten Stand sehen Sie, wenn Sie die Seite in einem zweiten Fenster öffnen.

web-office-release-mail-subject = Bitte um Freigabe: { $title }
web-office-release-mail-body =
    Guten Tag,

    { $place } hat uns das Praxisbeispiel „{ $title }“ genannt. Wir haben daraus einen Text für die Handreichung vorbereitet.

    Bitte lesen Sie den Wortlaut und geben Sie ihn frei oder schreiben Sie uns, was anders werden soll:

    { $link }

    Der Link zeigt nur den Text. Freigegeben wird er erst mit der Schaltfläche auf der Seite. Ohne Ihre Freigabe wird nichts veröffentlicht.

    Mit freundlichen Grüßen
    Ihre Redaktion

web-office-edition-title = Ausgabe: { $title }
web-office-edition-published = veröffentlicht: { $moment }
web-office-edition-draft = in Arbeit
web-office-edition-cover = Titel und Impressum
web-office-edition-name = Titel
web-office-edition-subtitle = Untertitel
web-office-edition-date = Datum der Ausgabe
web-office-edition-date-wrong = Bitte geben Sie das Datum als Jahr-Monat-Tag ein, zum Beispiel 2016-06-15. Sie haben „{ $typed }“ eingegeben.
web-office-edition-imprint = Impressum, Zeile für Zeile
web-office-edition-organisations = Herausgeber, Förderer, Unterstützer
web-office-edition-publisher = Herausgeber
web-office-edition-funder = Förderer
web-office-edition-supporter = Unterstützer { $number }
web-office-edition-logo = Logo (SVG)
web-office-edition-logo-hint = Ein Logo geben Sie als SVG-Text ein, der mit <svg beginnt. Ein leerer Name lässt den Unterstützer weg.
web-office-edition-texts = Texte
web-office-edition-insert = Zahlen schreiben Sie nicht selbst: Sie fügen Ergebnisse ein, dann können Text und Tabelle sich nicht unterscheiden.
web-office-edition-insert-share = wird zu „rund 71 %“
web-office-edition-insert-sentence = wird zum ganzen Satz
web-office-edition-insert-chart = wird zum Diagramm
web-office-edition-keys = Schlüssel der Ergebnisse
web-office-edition-markdown = Markdown
web-office-edition-foreword = Vorwort
web-office-edition-introduction = Einleitung
web-office-edition-method = Methode
web-office-edition-findings = Ergebnisse am Anfang des Kapitels
web-office-edition-findings-hint = Schlüssel, durch Komma getrennt; der erste eröffnet das Kapitel mit Satz und Diagramm.
web-office-edition-examples = Beispiele und ihre Reihenfolge
web-office-edition-examples-hint = Eine Zahl wählt das Beispiel aus und bestimmt seinen Platz; ein leeres Feld lässt es weg.
web-office-edition-not-released = nicht freigegeben
web-office-edition-faults = In den Texten stimmt noch etwas nicht
web-office-edition-faults-text = Gespeichert ist alles. Vor dem Veröffentlichen müssen diese Stellen stimmen:
web-office-edition-no-release = Die Befragung dieser Ausgabe ist noch nicht abgeschlossen. Ergebnisse lassen sich erst danach einfügen und prüfen.
web-office-edition-preview = Vorschau der Texte
web-office-edition-preview-pdf = Vorschau der Handreichung (PDF)
web-office-edition-save = Ausgabe speichern
web-office-preview-title = Vorschau: { $title }
web-office-preview-back = Zurück zum Bearbeiten
web-office-preview-note = So stehen die Texte mit den eingefügten Ergebnissen in der Ausgabe. Veröffentlicht ist davon noch nichts.

web-office-mails-title = Postausgang
web-office-mails-lead = Was verschickt wurde oder noch wartet. Ist kein Mailserver eingerichtet, liegt jede Mail als Datei im Datenordner.
web-office-mails-none = Es wurde noch keine Mail geschrieben.
web-office-mail-subject = Betreff
web-office-mail-to = An
web-office-mail-state = Stand
web-office-mail-at = Geschrieben
web-office-mail-note = Anmerkung
web-office-mail-queued = wartet
web-office-mail-sending = wird übergeben
web-office-mail-sent = verschickt
web-office-mail-failed = nicht angenommen

web-office-audit-title = Protokoll
web-office-audit-lead = Jede Änderung durch Beschäftigte, die neueste zuerst.
web-office-audit-at = Wann
web-office-audit-actor = Wer
web-office-audit-action = Was
web-office-audit-subject = Woran
web-office-action-practice-saved = Praxisbeispiel gespeichert
web-office-action-practice-sent = Praxisbeispiel zur Freigabe gesendet
web-office-action-edition-saved = Ausgabe gespeichert
web-office-action-edition-published = Ausgabe veröffentlicht
web-office-action-wave-frozen = Befragung abgeschlossen
web-office-action-invited = eingeladen
web-office-action-staff-put = Zugang eingerichtet
web-office-action-wave-put = Befragung angelegt oder geändert
web-office-action-staff-removed = Zugang entzogen
