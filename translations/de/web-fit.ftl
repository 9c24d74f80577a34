# Beispiele, die zu Antworten passen: die Seite der Kommune und die Zuordnung in der Verwaltung.

web-fit-title = Beispiele, die zu Ihnen passen
web-fit-lead = Ausgewählt nach dem, was Sie als hohen Bedarf oder große Herausforderung angegeben haben, was Ihnen fehlt und was da ist, und danach, wie ähnlich die andere Kommune Ihrer ist.
web-fit-promise = Diese Seite sehen nur Personen mit Ihrem Zugangslink. Niemand sonst erfährt, was Sie geantwortet haben oder welche Beispiele hier stehen.
web-fit-none = Noch passt kein Beispiel: Hier erscheinen welche, sobald Sie einen Bedarf oder eine Herausforderung auf einer der beiden oberen Stufen bewertet haben.
web-fit-why = Passt, weil:
web-fit-missing = Setzt voraus, was bei Ihnen fehlt: { $what }.
web-fit-there = Setzt voraus, was Sie haben: { $what }.
web-fit-also = Setzt auch voraus: { $what }. Dazu haben Sie nichts oder „teilweise“ angegeben.
web-fit-back = Zurück zu Ihren Antworten
web-fit-link = Beispiele, die zu Ihnen passen
web-fit-link-text = Zu jedem hohen Bedarf: Beispiele ähnlicher Kommunen, mit Begründung und mit dem, was sie voraussetzen.
web-fit-mapping-title = Zuordnung der Antworten zu Beispielen: { $wave }
web-fit-mapping-lead = Jede Zeile sagt, welche Antwort zu welchem Handlungsfeld führt und welche sagt, ob eine Voraussetzung da ist. Danach richten sich „Beispiele, die zu Ihnen passen“, die Vergleichsblätter und die Lücken.
web-fit-mapping-lines = Zuordnung, eine je Zeile
web-fit-mapping-help = Bedarf, Herausforderung oder Mangel, dann Frage.Item, Doppelpunkt, Handlungsfeld. Ressource, dann Frage.Item, Doppelpunkt, Kode; bei einer Auswahl die Antworten: da / fehlt. Nach # steht eine Bemerkung.
web-fit-mapping-save = Zuordnung speichern
web-fit-mapping-saved = Die Zuordnung ist gespeichert und gilt ab sofort.
web-fit-mapping-conflict = Jemand anders hat die Zuordnung inzwischen geändert. Ihr Text steht unten; wenn Sie noch einmal speichern, ersetzt er den anderen.
web-fit-mapping-codes = Kodes der Voraussetzungen
web-fit-mapping-back = Zum Rücklauf der Befragung
web-fit-mapping-to = Zuordnung ansehen
web-fit-mapping-hint = Welche Antworten zu welchen Beispielen führen.
web-fit-fault = Zeile { $line }: { $what }
web-fit-fault-form = Erwartet wird zum Beispiel „Bedarf bedarf.wohnungsbau: wohnen“ oder „Ressource stelle = ja / nein: braucht-stelle“.
web-fit-fault-variable = „{ $word }“ ist in diesem Fragebogen weder ein Item auf einer Skala noch eine einfache Auswahl.
web-fit-fault-answer = „{ $word }“ ist keine Antwort dieser Frage.
web-fit-fault-field = „{ $word }“ ist kein Handlungsfeld.
web-fit-fault-code = „{ $word }“ ist kein Kode einer Voraussetzung.
web-fit-takeup-history = Verlauf
web-fit-takeup-step-added = eingegangen
web-fit-takeup-step-saved = geändert
web-fit-takeup-step-sent-for-release = zur Freigabe gesendet
web-fit-takeup-step-released = freigegeben und veröffentlicht
web-fit-takeup-step-refused = Freigabe abgelehnt
web-fit-takeup-step-withdrawn = zurückgezogen
web-fit-takeup-event = { $moment }: { $step } (Fassung { $version }, { $who })
