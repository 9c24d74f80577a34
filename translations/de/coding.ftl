# Offene Antworten: Codeplan, Kodieren, Abgleich, Zitate (crates/web/src/office/open*.rs, crates/web/src/answer/quote.rs).
coding-list-title = Offene Antworten
coding-list-lead = Offene Antworten abgeschlossener Befragungen: erst der Codeplan, dann kodieren zwei Personen unabhängig voneinander, dann der Abgleich und die nächste Fassung des Datensatzes.
coding-list-none = Noch keine abgeschlossene Befragung hat offene Antworten.
coding-list-answers = Antworten
coding-list-codes = Codes im Codeplan
coding-list-mine = von Ihnen kodiert
coding-list-both = von zweien kodiert
coding-list-settled = entschieden
coding-frame-title = Codeplan
coding-frame-codes = Codes, einer je Zeile
coding-frame-codes-help = Schlüssel | deutsch | englisch. Für „Sonstiges“ ein vierter Teil: der Schlüssel der Antwortmöglichkeit, die der Code meint. Beispiel: geld | Finanzierung | funding
coding-frame-other = „Sonstiges“ einer geschlossenen Frage
coding-frame-other-help = Nur wenn diese offene Frage nach „Sonstiges“ fragt: Frage und Antwortmöglichkeit, zum Beispiel rolle.sonstige
coding-frame-save = Codeplan speichern
coding-frame-conflict = Jemand anderes hat den Codeplan inzwischen geändert. Laden Sie die Seite neu; Ihre Zeilen stehen noch hier.
coding-frame-line = Zeile { $line }: erwartet wird „schlüssel | deutsch | englisch“, der Schlüssel aus a-z, 0-9 und Bindestrich.
coding-frame-twice = Zeile { $line }: der Schlüssel „{ $key }“ steht schon in einer anderen Zeile.
coding-frame-other-wrong = „{ $other }“ ist keine Antwortmöglichkeit des Datensatzes; erwartet wird zum Beispiel rolle.sonstige.
coding-code-title = Kodieren
coding-code-lead = Kreuzen Sie an, was die Antwort nennt. Was die andere Person wählt, sehen Sie erst im Abgleich.
coding-code-left = Noch { $left } Antworten.
coding-code-answer = Antwort { $number }
coding-code-none = kein Code passt
coding-code-save = Speichern und weiter
coding-code-done = Sie haben alle Antworten kodiert, die auf Sie warten.
coding-code-no-frame = Es gibt noch keine Codes.
coding-code-own = Eigene Kodierungen ansehen und ändern
coding-code-own-lead = Ihre eigenen Kodierungen. Was Sie hier ändern, ersetzt Ihre frühere Wahl; was im Abgleich schon entschieden ist, bleibt.
coding-code-back = Weiter kodieren
coding-compare-holds = Was gilt?
coding-compare-saved = Die Entscheidungen sind gespeichert.
coding-compare-version-made = Die nächste Fassung des Datensatzes ist angelegt. In der Auswertung steht sie schon bereit.
coding-compare-undecided = { $count ->
    [0] Alle Unterschiede sind entschieden.
    [one] Ein Unterschied ist noch zu entscheiden.
   *[other] { $count } Unterschiede sind noch zu entscheiden.
}
coding-compare-decided = { $count ->
    [one] Ein entschiedener Unterschied
   *[other] { $count } entschiedene Unterschiede
}
coding-compare-title = Abgleich
coding-compare-agreement = Übereinstimmung
coding-compare-both = von zweien kodiert
coding-compare-same = gleich kodiert
coding-compare-alpha = Krippendorffs Alpha
coding-compare-alpha-help = 1 heißt volle Übereinstimmung, 0 so viel wie durch Zufall. Ab 0,8 gelten Codes meist als verlässlich, unter 0,667 nicht. Ein Strich heißt: Es gab nichts, worin man sich unterscheiden konnte.
coding-compare-by-code = Übereinstimmung nach Code
coding-compare-code = Code
coding-compare-differences = Unterschiede
coding-compare-no-difference = Es gibt keine Antwort, die zwei Personen verschieden kodiert haben.
coding-compare-settle = Entscheidungen speichern
coding-compare-version = Nächste Fassung des Datensatzes
coding-compare-version-now = Es gilt Fassung { $version }.
coding-compare-settled = Entschieden sind { $settled } Antworten
coding-compare-of = von { $of }.
coding-compare-version-text = Die nächste Fassung hat eine Spalte je Code, und „Sonstiges“ ist den Antwortmöglichkeiten zugeordnet. Fassung 1 bleibt, wie sie eingefroren wurde; die veröffentlichten Zahlen stammen aus ihr.
coding-compare-version-make = Nächste Fassung anlegen
coding-quotes-title = Zitate
coding-quotes-lead = Hier stehen nur Antworten, deren Kommune das Zitieren erlaubt hat, mit der Angabe, die sie erlaubt hat.
coding-quotes-not = { $not } weitere Antworten dürfen nicht zitiert werden.
coding-quotes-none = Keine Antwort auf diese Frage darf zitiert werden.
coding-quote-ask = Dürfen wir aus dieser Antwort zitieren?
coding-quote-name = ja, mit dem Namen unserer Kommune
coding-quote-art = ja, nur mit Art und Größe unserer Kommune
coding-quote-nein = nein
