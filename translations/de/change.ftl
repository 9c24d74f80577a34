# Change between two waves: chapter, sentences, tables (de).

change-title = Was sich verändert hat
change-lead = Verglichen werden zwei Befragungen: { $before } ({ $before-n } Kommunen) und { $after } ({ $after-n } Kommunen). { $both } Kommunen haben beide Male geantwortet.
change-lead-read = „Gestiegen“ und „gefallen“ heißt nur, was sich mit statistischer Prüfung vom Zufall unterscheiden lässt. Wo „keine Veränderung erkennbar“ steht, kann sich dennoch etwas verändert haben; wie groß es hätte sein müssen, steht dabei.
change-glance = { $question } – { $said }
change-glance-still = Bei { $count } weiteren Fragen ist unter den Städten und Gemeinden insgesamt keine Veränderung erkennbar.
change-at-a-glance = Auf einen Blick
change-from-to = von { $before } auf { $after }
change-risen = Gestiegen: { $items }.
change-fallen = Gefallen: { $items }.
change-inhabitants = Gerechnet nach Einwohnerinnen und Einwohnern: { $said }
change-rest = { $count ->
    [one] Bei einem weiteren Punkt ist keine Veränderung erkennbar.
   *[other] Bei { $count } weiteren Punkten ist keine Veränderung erkennbar.
  }
change-none = { $count ->
    [one] Keine Veränderung erkennbar bei { $group }.
   *[other] Bei keinem der { $count } Punkte ist in { $group } eine Veränderung erkennbar.
  }
change-untested = { $count ->
    [one] Ein Punkt ist nicht geprüft, weil zu wenige geantwortet haben.
   *[other] { $count } Punkte sind nicht geprüft, weil zu wenige geantwortet haben.
  }
change-held = Die Veränderung in { $group } wird nicht ausgewiesen.
change-one-risen = { $measure }: in { $group } gestiegen, von { $before } auf { $after }.
change-one-fallen = { $measure }: in { $group } gefallen, von { $before } auf { $after }.
change-one-not-seen = { $measure }: in { $group } { $before } und { $after }, keine Veränderung erkennbar.
change-one-not-tested = { $measure }: in { $group } { $before } und { $after }, nicht geprüft.
change-smallest = { $count ->
    [one] Erkennbar wäre hier eine Veränderung ab etwa { $range } gewesen.
   *[other] Gemeinsam geprüft; erkennbar wäre eine Veränderung ab etwa { $range } gewesen.
  }
change-too-wide = Wer die beiden Befragungen für unabhängig hielte, bekäme um { $percent } zu weite Unsicherheitsbereiche.
change-too-narrow = Wer die beiden Befragungen für unabhängig hielte, bekäme um { $percent } zu enge Unsicherheitsbereiche.
change-points = { $count } Prozentpunkten
change-alt = Veränderung bei { $question }, { $measure }: { $numbers }.
change-note = { $measure }. Eine kräftige Linie mit Pfeilspitze ist eine erkennbare Veränderung, eine dünne nicht. { $group }, n = { $before-n } und { $after-n }. Quelle: { $before }; { $after }.
change-verdict-risen = gestiegen
change-verdict-fallen = gefallen
change-verdict-not-seen = keine Veränderung erkennbar
change-verdict-not-tested = nicht geprüft
change-table-caption = Veränderung: { $question }
change-table-points = Veränderung (Prozentpunkte)
change-table-difference = Veränderung
change-table-verdict = Prüfung
change-table-smallest = erkennbar ab
change-table-panel = nur wer beide Male antwortete (intern)
change-table-panel-cell = { $value } (n = { $n })
change-table-note = Die Veränderung ist der Unterschied der beiden ausgewiesenen Werte. Der Unsicherheitsbereich ist so weit, wie die gemeinsame Prüfung aller Punkte es verlangt.
change-table-groups = Veränderung nach Gruppen: { $question }
change-table-groups-base = { $measure }, Veränderung in Prozentpunkten. „Gestiegen“ und „gefallen“ stehen nur bei erkennbaren Veränderungen; jede Gliederung ist für sich geprüft.
change-refused = Was nicht verglichen wird
change-refused-lead = Verglichen wird nur, was in beiden Befragungen dasselbe misst. Das Folgende bleibt außen vor:
change-method = Wie verglichen wurde
change-below-title = Gegenüber { $before }
change-below-link = Zahlen und Diagramm
change-below-refused = Nicht verglichen:
change-annex = Veränderung
change-site-link = Was sich gegenüber { $before } verändert hat
change-site-csv = Alle Veränderungen (CSV)
change-site-csv-refused = Was nicht verglichen wird (CSV)
change-readme = veraenderung.csv enthält die Veränderung gegenüber der Befragung { $before } ({ $period }): Werte beider Befragungen, ihren Unterschied, den Unsicherheitsbereich nach der gemeinsamen Prüfung, das Urteil und die kleinste erkennbare Veränderung. veraenderung-antworten.csv enthält dasselbe für jede einzelne Antwort der Skalen. nicht-vergleichbar.csv nennt, was nicht verglichen wird, mit dem Grund.
change-codes = Antwort für Antwort: { $said }
change-codes-one = { $answer } bei { $item } ({ $moved })
change-codes-none = { $count ->
    [one] Bei der einen geprüften Antwort ist keine Veränderung erkennbar.
   *[other] Bei keiner der { $count } geprüften Antworten ist für sich eine Veränderung erkennbar.
  }
change-codes-show = Jede Antwort für sich zeigen
change-codes-caption = Veränderung Antwort für Antwort: { $question } – { $group }
change-codes-base = Anteil mit dieser Antwort an allen, die eine Antwort gaben.
change-codes-answer = Antwort
change-codes-groups = Veränderung Antwort für Antwort nach Gruppen: { $question }
change-codes-groups-base = Anteil mit dieser Antwort, Veränderung in Prozentpunkten. „Gestiegen“ und „gefallen“ stehen nur bei erkennbaren Veränderungen; jede Gliederung ist für sich geprüft.
change-codes-note = Alle Antworten aller Punkte der Frage sind gemeinsam geprüft. Weil hier mehr geprüft wird als im Diagramm, muss eine Veränderung dafür größer sein.
change-codes-held = Wo einer der beiden Werte nicht ausgewiesen ist, steht auch keine Veränderung. Zusammengefasste Antworten stehen nur da, wo ihr Wert schon veröffentlicht ist.
change-codes-measure = Anteil mit dieser Antwort
change-inhabitants-title = { $question } – nach Einwohnerinnen und Einwohnern
change-site-csv-codes = Antwort für Antwort (CSV)
