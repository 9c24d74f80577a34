# Texts of the area "together" (de): departments, task list, comments, sign-off, history. Keys: together-<thing>.

together-at = um { $time } Uhr
together-on = am { $moment }
together-who-you = Ihnen
together-who-contact = der Kontaktperson
together-who-department = einem Fachbereich
together-who-paper = dem Institut, von Papier übertragen
together-who-wave = der Befragung { $wave }, übernommen
together-given = Zuletzt beantwortet von { $who }, { $moment }
together-taken-over = Übernommen aus der Befragung { $wave }. Bitte prüfen.
together-conflict-saved = Gespeichert von { $who } { $when }:
together-comment-title = { $count ->
    [0] Anmerkung fürs Haus
    [one] Eine Anmerkung aus dem Haus
   *[other] { $count } Anmerkungen aus dem Haus
 }
together-comment-by = { $who }, { $moment }:
together-comment-label = Anmerkung hinzufügen
together-comment-hint = Bleibt in Ihrer Kommune: Das Institut sieht sie nicht, und sie wird nicht ausgewertet.

together-state-not-asked = zurzeit nicht gefragt
together-state-open = offen
together-state-begun = begonnen
together-state-finished = fertig
together-state-checked = geprüft
together-missing = { $count ->
    [one] Eine erforderliche Antwort fehlt.
   *[other] { $count } erforderliche Antworten fehlen.
 }
together-late = überfällig
together-changed-since-check = seit Ihrer Prüfung geändert
together-check = Als geprüft markieren
together-uncheck = Prüfung zurücknehmen
together-who-finished = { $who }: fertig gemeldet, { $moment }
together-who-until = { $who }: bis zum { $day }

together-tasks-title = Aufgabenliste
together-tasks-link = Aufgabenliste: Abschnitte prüfen und an Fachbereiche geben
together-tasks-link-text = Jeder Fachbereich bekommt einen eigenen Link und sieht nur seine Abschnitte.
together-tasks-summary = { $done } von { $of } Abschnitten sind fertig.
together-tasks-sections = Abschnitte
together-tasks-departments = Fachbereiche
together-tasks-departments-text = Sie können Abschnitte an Fachbereiche geben. Jeder bekommt einen eigenen Link mit eigenem Code, sieht und beantwortet nur seine Abschnitte und meldet sie fertig. Absenden können nur Sie.
together-tasks-more = Weitere Schritte
together-tasks-signed = { $count ->
    [0] freiwillig; bisher keine
    [one] eine liegt vor
   *[other] { $count } liegen vor
 }
together-tasks-back = Zur Aufgabenliste
together-notice-label = Ihre E-Mail-Adresse für eine Nachricht (freiwillig)
together-notice-hint = Wir schreiben Ihnen einmal, wenn alle Fachbereiche fertig sind. Die Adresse wird nur dafür verwendet und mit den Angaben der Fachbereiche gelöscht. Zum Zurücknehmen leeren Sie das Feld.
together-notice-save = Adresse speichern
together-notice-change = Adresse ändern
together-notice-wrong = Bitte geben Sie eine vollständige Adresse ein, zum Beispiel poststelle@kommune.example.

together-department-add = Fachbereich hinzufügen
together-department-name = Name des Fachbereichs
together-department-name-hint = Zum Beispiel „Sozialamt“. Bitte keinen Namen einer Person.
together-department-until = Antworten bis (freiwillig)
together-department-until-hint = Zum Beispiel 15.03.2027. Der Link bleibt auch danach gültig, bis Sie ihn beenden oder die Befragung endet.
together-department-sections = Abschnitte dieses Fachbereichs
together-department-sections-hint = Mehrere Fachbereiche dürfen denselben Abschnitt haben. Nichts wird unbemerkt überschrieben.
together-department-make = Link und Code erstellen
together-department-save = Änderungen speichern
together-department-access = Link und Code
together-department-access-text = Ein neuer Link ersetzt den alten. Wenn Sie den Zugang beenden, bleiben die Antworten erhalten.
together-department-renew = Neuen Link erstellen
together-department-end = Zugang beenden
together-department-ended = Zugang beendet, { $moment }
together-department-since = Hinzugefügt, { $moment }
together-department-done = { $done } von { $of } Abschnitten fertig
together-department-done-until = { $done } von { $of } Abschnitten fertig, bis zum { $day }
together-department-no-name = Bitte geben Sie dem Fachbereich einen Namen, zum Beispiel „Sozialamt“.
together-department-twice = Einen Fachbereich mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen Namen.
together-department-no-day = Bitte geben Sie einen Tag ein, zum Beispiel 15.03.2027, oder lassen Sie das Feld leer.
together-department-no-section = Bitte wählen Sie mindestens einen Abschnitt.

together-link-title = Zugang für { $name }
together-link-lead = Geben Sie Link oder Code an den Fachbereich weiter. Er sieht damit nur seine Abschnitte.
together-link-once = Link und Code stehen nur jetzt hier: Gespeichert wird nur eine Prüfsumme. Gehen sie verloren, erstellen Sie neue.
together-link-address = Zugangslink
together-link-code = Zugangscode
together-link-code-where = Zum Eintippen auf
together-link-text = Text zum Weitergeben
together-link-mail = Als E-Mail öffnen
together-link-subject = Bitte um Antworten: { $wave }
together-link-pass-on = Guten Tag,

    unsere Kommune nimmt an der Befragung „{ $wave }“ teil. Bitte beantworten Sie die Abschnitte für: { $name }.

    Zugangslink: { $link }
    Oder auf { $address } den Zugangscode eintippen: { $code }

    Jede Seite wird gespeichert. Wenn Sie fertig sind, melden Sie den Abschnitt auf der ersten Seite fertig.

together-section-lead = Sie beantworten einen Teil des Fragebogens Ihrer Kommune. Jede Seite wird beim Weiterblättern gespeichert. Melden Sie jeden Abschnitt fertig, wenn er stimmt.
together-section-begin = Abschnitt beantworten
together-section-until = Ihre Kontaktperson bittet um Antworten bis zum { $day }.
together-section-title = Ihre Abschnitte
together-section-all = Alle Ihre Abschnitte sind fertig gemeldet. Vielen Dank. Ihre Kontaktperson sieht das und sendet ab.
together-section-finish = Fertig melden
together-section-again = Wieder öffnen
together-finished-at = Fertig gemeldet, { $moment }
together-section-not-asked = Nach den bisherigen Antworten wird dieser Abschnitt nicht gefragt.
together-section-know = Gut zu wissen
together-section-sees = Sie sehen nur diese Abschnitte. Ihre Kontaktperson sieht alle Antworten. Das Institut erhält die Antworten der Kommune und erfährt nicht, welcher Fachbereich welche gegeben hat.
together-section-comments = Neben jeder Frage können Sie etwas für Ihr Haus anmerken. Das bleibt in der Kommune.
together-section-last-day = Die Befragung läuft bis zum { $day }.

together-mail-finished-subject = Alle Fachbereiche sind fertig: { $wave }
together-mail-finished-body = Guten Tag,

    für { $municipality } haben alle Fachbereiche ihre Abschnitte der Befragung „{ $wave }“ fertig gemeldet.

    Bitte öffnen Sie Ihren Zugangslink oder geben Sie auf { $address }/zugang Ihren Zugangscode ein, prüfen Sie die Antworten und senden Sie sie ab.

    Fragen beantwortet { $contact }.

together-take-title = Angaben aus der letzten Befragung übernehmen
together-take-lead = Ihre Kommune hat an der Befragung „{ $wave }“ teilgenommen. Diese Angaben können Sie übernehmen, einzeln oder abschnittsweise.
together-take-none = Zurzeit gibt es nichts zu übernehmen: Entweder hat Ihre Kommune an keiner früheren Befragung mit vergleichbaren Fragen teilgenommen, oder alles ist schon beantwortet.
together-take-rule = Angeboten werden nur Zahlen und Auswahlfragen, die gleich gestellt sind. Einschätzungen und Texte fragen wir neu. Was schon beantwortet ist, bleibt unberührt.
together-take-all = Alles in diesem Abschnitt
together-take-consent = Mit dem Übernehmen willigen Sie ein, dass diese früheren Angaben auch in dieser Befragung verwendet werden. Jede trägt den Vermerk „übernommen“, bis Sie sie ändern; bitte prüfen Sie, ob sie noch stimmt.
together-take-button = Gewählte Angaben übernehmen
together-take-nothing = Bitte wählen Sie mindestens eine Angabe.

together-sign-title = Mitzeichnung
together-sign-lead = Wenn jemand die Antworten vor dem Absenden sehen soll, zum Beispiel die Leitung: mit einem Link zum Lesen oder auf Papier. Eine Mitzeichnung ist freiwillig; absenden können Sie auch ohne. Festgehalten werden Funktion und Tag, kein Name.
together-sign-by-link = Mit einem Link
together-sign-by-link-text = Wer den Link hat, kann alle Antworten lesen, nichts ändern, und mitzeichnen.
together-sign-make-link = Link zum Mitzeichnen erstellen
together-sign-link-title = Link zum Mitzeichnen
together-sign-link-lead = Geben Sie diesen Link weiter. Er zeigt die Antworten nur an.
together-sign-pass-on = Guten Tag,

    bitte lesen Sie die Antworten unserer Kommune zur Befragung „{ $wave }“ und zeichnen Sie sie mit:

    { $link }
together-sign-on-paper = Auf Papier
together-sign-on-paper-text = Drucken Sie die Antworten mit Unterschriftszeile aus und halten Sie danach hier fest, wer wann unterschrieben hat:
together-sign-function = Funktion
together-sign-function-hint = Zum Beispiel „Leitung des Hauptamts“. Bitte keinen Namen.
together-sign-day = Tag der Unterschrift
together-sign-note = Mitzeichnung auf Papier festhalten
together-sign-paper-wrong = Bitte geben Sie Funktion und Tag an, zum Beispiel „Leitung des Hauptamts“ und 15.03.2027.
together-sign-no-function = Bitte geben Sie Ihre Funktion an, zum Beispiel „Leitung des Hauptamts“.
together-sign-waits = Link erstellt, { $moment }; noch nicht mitgezeichnet
together-sign-given = Mitgezeichnet: { $function }, { $when }
together-sign-paper = Auf Papier mitgezeichnet: { $function }, { $when }
together-sign-old = danach geändert
together-sign-old-text = Danach wurden Antworten geändert. Sie können erneut mitzeichnen.
together-sign-drop = Löschen
together-sign-drop-link = Link zurücknehmen
together-sign-read = So würden die Antworten Ihrer Kommune abgesendet. Sie können sie lesen und mitzeichnen, aber nichts ändern.
together-sign-button = Mitzeichnen

together-changes-title = Änderungen nach dem Absenden
together-changes-lead = Bis die Befragung endet, können Sie abgesendete Antworten ändern. Jede Änderung steht hier. Nur Ihre Kommune sieht diese Liste.
together-changes-none = Nach dem Absenden wurde nichts geändert.
together-changes-when = Wann
together-changes-who = Von wem
together-changes-what = Frage
together-changes-before = Vorher
together-changes-after = Nachher
together-answers-pdf = Ihre Antworten als PDF mit Unterschriftszeile

together-office-title = Kommunen in dieser Befragung
together-office-link = Kommune suchen: neue Kontaktperson, Antworten von Papier, Rückzug
together-office-lead = Hier geben Sie einer neuen Kontaktperson einen Zugang und übertragen Antworten, die auf Papier kamen.
together-office-search = Name der Kommune oder Beginn ihres Schlüssels
together-office-find = Suchen
together-office-to-response = Zum Rücklauf
together-office-found = { $count ->
    [0] Keine eingeladene Kommune passt dazu.
    [one] Eine Kommune gefunden.
   *[other] { $count } Kommunen gefunden; die ersten 50 stehen hier.
 }
together-office-back = Zurück zur Kommune
together-office-back-list = Andere Kommune suchen
together-office-channel = Kanal
together-office-invited = Eingeladen
together-office-opened = Begonnen
together-office-submitted = Abgesendet
together-office-withdrawn = Zurückgezogen
together-office-not-shown = Antworten, Anmerkungen und Namen von Fachbereichen dieser Kommune stehen hier nicht, nur die Dateien, die sie mitgeschickt hat.
together-office-files = Dateien, die die Kommune mitgeschickt hat
together-office-files-text = Prüfen Sie sie mit Ihrem Virenscanner, bevor Sie sie öffnen. Geben Sie sie nicht weiter: Sie können Namen von Personen enthalten. Zieht die Kommune ihre Antworten zurück, sind sie gelöscht.
together-office-departments = { $count ->
    [one] Ein Fachbereich hat einen Zugang.
   *[other] { $count } Fachbereiche haben einen Zugang.
 }
together-office-new-title = Neue Kontaktperson
together-office-new-text = Vergewissern Sie sich auf einem anderen Weg, dass die Anfrage aus der Kommune kommt, zum Beispiel durch einen Rückruf über die Telefonzentrale. Der bisherige Link und Code gelten dann nicht mehr; die Antworten bleiben.
together-office-departments-ask = Was soll mit den Zugängen der Fachbereiche geschehen?
together-office-keep = Sie gelten weiter.
together-office-end = Sie werden beendet.
together-office-new-button = Neuen Zugang ausstellen
together-office-new-lead = Geben Sie Link oder Code an die neue Kontaktperson. Der bisherige Zugang öffnet nichts mehr.
together-office-choose = Bitte wählen Sie, was mit den Zugängen der Fachbereiche geschehen soll.
together-office-pass-on = Guten Tag,

    hier ist Ihr neuer Zugang zur Befragung „{ $wave }“. Der bisherige gilt nicht mehr.

    Zugangslink: { $link }
    Oder auf { $address } den Zugangscode eintippen: { $code }
together-office-paper = Antworten von Papier übertragen
together-office-paper-text = Sie sehen dieselben Seiten mit denselben Nummern wie die Kommune. Jede Antwort, die Sie eintragen, ist als „vom Institut, von Papier übertragen“ gekennzeichnet; die Kommune sieht das und kann sie ändern.
together-office-paper-to = Antworten eintragen
together-on-paper = Sie übertragen für das Institut, was { $municipality } auf Papier geantwortet hat.
together-test = Testantwort: Was Sie hier eingeben, zählt nicht.
together-office-withdraw-text = Wenn die Kommune es auf einem anderen Weg verlangt: Alle ihre Antworten werden gelöscht, auch aus der Datenbankdatei.
together-office-withdraw-sure = Die Kommune hat den Rückzug verlangt. Die Antworten sollen endgültig gelöscht werden.
