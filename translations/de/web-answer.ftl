# Texts of the area "web-answer" (de). Keys: <word>-<page>-<thing>.

web-answer-for = Sie antworten für: { $municipality }
web-answer-optional = freiwillig
web-answer-saved-today = Gespeichert um { $time } Uhr
web-answer-saved-on = Gespeichert am { $moment }
web-answer-sheet-link = Ihr Vergleichsblatt

web-answer-code-title = Zugangscode eingeben
web-answer-code-lead = Der Zugangscode steht in Ihrem Einladungsschreiben. Mit ihm öffnen Sie den Fragebogen Ihrer Kommune.
web-answer-code-label = Zugangscode
web-answer-code-hint = 16 Zeichen in vier Gruppen, zum Beispiel ABCD-EFGH-JKMN-PQRS. Groß- und Kleinschreibung und Bindestriche spielen keine Rolle.
web-answer-code-button = Fragebogen öffnen
web-answer-code-lost = Finden Sie Ihren Code nicht? Schreiben Sie an die Adresse in Ihrem Einladungsschreiben; Sie erhalten einen neuen.
web-answer-code-length = Der Zugangscode hat 16 Zeichen. Bitte prüfen Sie, ob eines fehlt oder eines zu viel ist.
web-answer-code-wrong = Dieser Zugangscode passt nicht. Bitte vergleichen Sie ihn Zeichen für Zeichen mit Ihrem Schreiben.

web-answer-first-begin = Fragebogen beginnen
web-answer-first-continue = Weiter ausfüllen
web-answer-first-change = Antworten ändern
web-answer-first-submitted = Ihre Antworten sind abgesendet: { $moment }.
web-answer-first-saved-hint = Jede Seite wird beim Weiterblättern gespeichert. Sie können jederzeit aufhören und mit demselben Link weitermachen, auch mehrere Fachbereiche nacheinander.
web-answer-first-facts = Das Wichtigste vorab
web-answer-first-who = Wer fragt
web-answer-first-funder = Wer es bezahlt
web-answer-first-supporters = Wer es unterstützt
web-answer-first-until = Bis wann
web-answer-first-until-text = Sie können bis zum { $day } antworten und Ihre Antworten ändern.
web-answer-first-minutes = Wie lange es dauert
web-answer-first-minutes-text = { $from } bis { $to } Minuten
web-answer-first-voluntary = Freiwillig
web-answer-first-voluntary-text = Die Teilnahme ist freiwillig. Wer nicht teilnimmt, hat keine Nachteile. Einzelne Fragen können Sie mit „weiß nicht“ oder „keine Angabe“ beantworten.
web-answer-first-sees = Wer Ihre Antworten sieht
web-answer-first-sees-text = Die Forschenden des Instituts sehen Ihre Antworten und werten sie aus. Wer den Zugangslink Ihrer Kommune hat, sieht sie ebenfalls: Geben Sie ihn nur im Haus weiter.
web-answer-first-sees-not = Wer sie nicht sieht
web-answer-first-sees-not-text = { $funder ->
    [yes] Förderer, Verbände
   *[no] Verbände
}, Länder und andere Kommunen sehen Ihre Antworten nicht. Veröffentlicht werden nur zusammengefasste Zahlen, aus denen sich auf einzelne Kommunen nicht schließen lässt, und Praxisbeispiele, deren Wortlaut Sie freigegeben haben.
web-answer-first-pdf = Zum Weitergeben im Haus
web-answer-first-pdf-link = Der ganze Fragebogen als PDF
web-answer-first-pdf-text = So können Fachbereiche sich vorher abstimmen.
web-answer-first-get = Was Sie davon haben
web-answer-first-get-text = Nach dem Absenden erhalten Sie sofort ein Vergleichsblatt: Ihre Antworten neben denen ähnlicher Kommunen, mit passenden Beispielen.
web-answer-first-contact = Fragen dazu

web-answer-page-progress = Seite { $place } von { $of }
web-answer-page-question = Frage { $number }
web-answer-page-save = Seite speichern und weiter
web-answer-page-back = Speichern und zurück
web-answer-page-back-first = Speichern und zur ersten Seite
web-answer-page-promise = Beim Weiterblättern wird diese Seite gespeichert. Ändern können Sie alles, bis die Befragung endet.
web-answer-page-to-first = Zur ersten Seite
web-answer-page-several = Mehrere Antworten sind möglich.
web-answer-page-several-max = Mehrere Antworten sind möglich, höchstens { $max }.
web-answer-page-characters = Höchstens { $max } Zeichen.
web-answer-page-new-question = Die Seite ist gespeichert. Durch Ihre Antwort ist auf dieser Seite eine Frage hinzugekommen.
web-answer-page-changed-elsewhere = Auf der Seite „{ $page }“ hat inzwischen noch jemand aus Ihrem Haus geantwortet. Diese Antworten sind erhalten geblieben.
web-answer-page-missing = { $count ->
    [one] Eine Frage ist noch offen
   *[other] { $count } Fragen sind noch offen
 }
web-answer-page-missing-help = Was Sie eingegeben haben, ist gespeichert. Sie können die offenen Fragen jetzt beantworten oder mit „Seite speichern und weiter“ später darauf zurückkommen.
web-answer-page-missing-here = Hier fehlt noch eine Antwort.

web-answer-summary-title = Bitte prüfen Sie Ihre Eingabe
web-answer-summary-rest-saved = Alle anderen Antworten dieser Seite sind gespeichert.

web-answer-nomination-legend = { $number }. Praxisbeispiel
web-answer-nomination-title = Titel
web-answer-nomination-description = Was wird getan? Ein paar Sätze genügen.
web-answer-nomination-field = Handlungsfeld
web-answer-nomination-choose = Bitte wählen
web-answer-nomination-mailbox = E-Mail-Adresse für Rückfragen
web-answer-nomination-mailbox-hint = Bitte ein Funktionspostfach, zum Beispiel integration@stadt.example, keine Adresse einer Person.

web-answer-conflict-title = Inzwischen geändert: { $page }
web-answer-conflict-what = Während Sie diese Seite ausgefüllt haben, hat jemand anderes aus Ihrer Kommune andere Antworten gespeichert. Noch ist nichts überschrieben.
web-answer-conflict-help = Bitte wählen Sie zu jeder Frage, welche Antwort gelten soll. Ihre übrigen Eingaben werden mitgespeichert.
web-answer-conflict-none = nicht beantwortet
web-answer-conflict-yours = Ihre Eingabe
web-answer-conflict-save = Auswahl speichern und weiter

web-answer-review-title = Antworten prüfen
web-answer-review-all = Ihre Antworten
web-answer-review-change = Ändern
web-answer-review-open = noch offen
web-answer-review-empty = nicht beantwortet
web-answer-review-missing = { $count ->
    [one] Eine Antwort fehlt noch
   *[other] { $count } Antworten fehlen noch
 }
web-answer-review-missing-help = Bitte beantworten Sie diese Fragen, bevor Sie absenden. Wo Sie nichts sagen können oder wollen, wählen Sie „weiß nicht“ oder „keine Angabe“.
web-answer-review-until = Bis zum { $day } können Sie Ihre Antworten auch nach dem Absenden noch ändern.
web-answer-review-submit = Verbindlich absenden
web-answer-review-later = Später absenden

web-answer-done-title = Ihre Antworten sind abgesendet
web-answer-done-at = Vielen Dank. Ihre Antworten sind gespeichert und abgesendet: { $moment }.
web-answer-done-sheet = Ihr Vergleichsblatt
web-answer-done-sheet-text = Es zeigt Ihre Antworten neben den Zahlen ähnlicher Kommunen aus der letzten abgeschlossenen Befragung und nennt passende Beispiele. Sie können es im Haus weitergeben, auch an Rat und Leitung.
web-answer-done-sheet-show = Vergleichsblatt ansehen
web-answer-done-sheet-pdf = Vergleichsblatt als PDF
web-answer-done-next = Wie es weitergeht
web-answer-done-change = Bis zum { $day } können Sie Ihre Antworten noch ändern.
web-answer-done-review = Antworten ansehen und ändern
web-answer-done-practices = Haben Sie ein Praxisbeispiel genannt, bereitet die Redaktion einen Text vor. Veröffentlicht wird er erst, wenn Sie den Wortlaut freigegeben haben.

web-answer-planned-title = Die Befragung hat noch nicht begonnen
web-answer-planned-what = Sie können ab { $day } antworten.
web-answer-planned-help = Bitte heben Sie Ihren Zugangslink auf. Den Fragebogen können Sie dann mit ihm öffnen. Fragen beantworten wir gern:
web-answer-closed-title = Die Befragung ist beendet
web-answer-closed-what = Antworten waren bis zum { $day } möglich. Jetzt lässt sich nichts mehr ändern.
web-answer-closed-help = Was bis dahin gespeichert war, können Sie hier weiterhin lesen. Fragen beantworten wir gern:
web-answer-closed-own = Ihre Antworten
web-answer-closed-unsaved = Nicht gespeichert
web-answer-closed-unsaved-help = Die Befragung endete, bevor Sie diese Seite gespeichert haben. Hier steht, was Sie eingegeben haben, damit Sie es kopieren können.
web-answer-withdrawn-title = Diese Teilnahme wurde zurückgezogen
web-answer-withdrawn-what = Die Antworten Ihrer Kommune gehen nicht in die Auswertung ein.
web-answer-withdrawn-help = Wenn Sie doch teilnehmen möchten, schreiben Sie uns:

web-answer-sheet-title = Ihr Vergleichsblatt
web-answer-sheet-lead = Ihre Antworten neben den Zahlen Ihrer Vergleichsgruppe: { $group }.
web-answer-sheet-source = Die Zahlen stammen aus „{ $wave }“, Stand { $date }. Sie sind auf ganze Prozent gerundet und gelten für alle Kommunen der Gruppe, hochgerechnet aus denen, die geantwortet haben.
web-answer-sheet-needs = Wo Sie hohen Bedarf sehen
web-answer-sheet-needs-text = Zu jedem Bedarf nennen wir bis zu drei Beispiele, die zu Ihrer Kommune passen.
web-answer-sheet-no-example = Dazu gibt es noch kein veröffentlichtes Beispiel.
web-answer-sheet-beside = Ihre Antworten im Vergleich
web-answer-sheet-how = Der Balken zeigt, wie die Vergleichsgruppe geantwortet hat, von links (niedrig) nach rechts (hoch). Ihre Antwort ist umrandet.
web-answer-sheet-suppressed = Ein Punkt (·) steht, wo zu wenige geantwortet haben, um eine Zahl zu nennen.
web-answer-sheet-question = Frage
web-answer-sheet-own = Ihre Antwort
web-answer-sheet-peers = Vergleichsgruppe
web-answer-sheet-numbers = Zahlen zeigen
web-answer-sheet-like-you = { $share } antworten wie Sie
web-answer-sheet-mean = Durchschnitt { $mean } { $unit }
web-answer-sheet-n = n = { $n }
web-answer-sheet-wider = Zu wenige in Ihrer Gruppe; gezeigt sind: { $group }.
web-answer-sheet-none = Es gibt noch keine abgeschlossene Befragung, neben deren Zahlen Ihre Antworten stehen könnten. Sobald es sie gibt, finden Sie das Vergleichsblatt unter dieser Adresse.
