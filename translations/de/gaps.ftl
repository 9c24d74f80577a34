# Wo Beispiele fehlen: Tabellen, Karten, offene Daten, Verwaltung und Aufrufe.

gaps-title = Wo Beispiele fehlen
gaps-link = Wo Beispiele fehlen: hoher Bedarf ohne Beispiele von dort
gaps-lead = Wo viele Kommunen einen hohen Bedarf oder eine große Herausforderung nennen und es noch kein Beispiel aus einer solchen Kommune gibt.
gaps-reading = Je Handlungsfeld steht der höchste der abgefragten Bedarfe: der Anteil mit einer der beiden oberen Stufen. Ab { $high } gilt er als hoch. Lücke heißt: hoher Bedarf, kein veröffentlichtes Beispiel von dort; wenige heißt: weniger als { $enough }. Ein Punkt heißt: nicht ausgewiesen.
gaps-base = Anteil der Kommunen mit hohem Bedarf, und veröffentlichte Beispiele aus solchen Kommunen.
gaps-field = Handlungsfeld
gaps-land = Land
gaps-table-klassen = Bedarf und Beispiele nach Größe
gaps-table-laender = Bedarf und Beispiele nach Ländern (Städte und Gemeinden)
gaps-by-land = Nach Ländern
gaps-land-groups = Länder, aus denen wenige geantwortet haben, sind zusammengefasst; für sie gilt derselbe Wert. Landkreise zählen hier nicht mit. Wo der Bedarf eines Landes nicht ausgewiesen ist, weil sich auf einzelne Kommunen schließen ließe, steht der Bedarf aller Städte und Gemeinden („insgesamt“); die Karte zeigt dann die Beispiele von dort.
gaps-examples = { $count ->
    [0] kein Beispiel
    [one] 1 Beispiel
   *[other] { $count } Beispiele
}
gaps-cell = { $need }, { $examples }
gaps-cell-missing = Lücke: { $need }, { $examples }
gaps-cell-few = wenige: { $need }, { $examples }
gaps-short = { $need } ({ $count })
gaps-short-missing = { $need } ({ $count }) Lücke
gaps-short-few = { $need } ({ $count }) wenige
gaps-base-short = Anteil der Kommunen mit hohem Bedarf; in Klammern: veröffentlichte Beispiele aus solchen Kommunen.
gaps-tile-missing = Lücke
gaps-tile-examples = { $count ->
    [one] 1 Beispiel
   *[other] { $count } Beisp.
}
gaps-map-title = Bedarf und Beispiele nach Ländern: { $field }
gaps-map-alt = Karte der Länder als gleich große Kacheln. { $numbers }
gaps-of-all = insgesamt { $need }
gaps-tile-few = wenige
gaps-tile-only = { $count ->
    [one] Beispiel
   *[other] Beispiele
    }
gaps-map-of-all = Bedarf aller Städte und Gemeinden: { $need }
gaps-n = n = { $n }
gaps-missing = { $field }: { $places }.
gaps-missing-place = { $place } ({ $need })
gaps-missing-title = Hoher Bedarf, kein Beispiel
gaps-see-annex = Die Tabelle „{ $table }“ steht im Anhang.
gaps-csv = Diese Zahlen als CSV
gaps-annex = Wo Beispiele fehlen
gaps-office-title = Wo Beispiele fehlen: { $wave }
gaps-office-none = Noch ist keine Befragung abgeschlossen, aus der sich ein Bedarf ablesen lässt.
gaps-office-nav = Lücken
gaps-office-list = Lücken
gaps-office-list-none = Nirgends ist der Bedarf hoch, ohne dass es Beispiele gibt.
gaps-office-field = Karte für
gaps-office-show = Karte zeigen
gaps-office-call = Um Beispiele bitten
gaps-office-item = { $field }, { $place }: { $said }
gaps-office-waves = Andere Befragungen
gaps-call-title = Um Beispiele bitten
gaps-call-gap = { $field }, { $place }
gaps-call-subject = Betreff
gaps-call-body = Text
gaps-call-help = Platzhalter: {"{"}kommune{"}"} ist der Name der Kommune, {"{"}feld{"}"} das Handlungsfeld, {"{"}link{"}"} führt zum Formular für ein Beispiel.
gaps-call-default-subject = Ihr Beispiel zum Handlungsfeld {"{"}feld{"}"}
gaps-call-default-body = Guten Tag,

    in unserer Befragung nennen viele Kommunen wie {"{"}kommune{"}"} einen hohen Bedarf im Handlungsfeld {"{"}feld{"}"}. Beispiele aus solchen Kommunen fehlen uns noch.

    Gibt es bei Ihnen etwas, das anderen helfen könnte, auch etwas Kleines? Dann freuen wir uns über ein Beispiel. Das Formular dauert etwa zehn Minuten:
    {"{"}link{"}"}

    Veröffentlicht wird nur, was Sie ausdrücklich freigeben. Wenn Sie keine solchen Bitten mehr möchten, antworten Sie kurz auf diese Nachricht.

    Mit freundlichen Grüßen
gaps-call-recipients = An diese { $count } Adressen
gaps-call-recipients-note = Kontakte der Befragung und Adressen, unter denen uns Kommunen dieser Art erreicht haben; keine, die widersprochen hat oder von der Nachrichten zurückkamen. Jede erhält höchstens eine Nachricht je Aufruf.
gaps-call-nobody = Für Kommunen dieser Art kennen wir keine Adresse, die Bitten erhalten darf.
gaps-call-send = Nachrichten in den Postausgang legen
gaps-call-faults = Bitte ergänzen Sie Betreff und Text.
gaps-call-unknown = Diesen Platzhalter gibt es nicht: { $word }
gaps-call-object = Möchte keine Bitten mehr
gaps-call-history = Bisherige Aufrufe
gaps-call-line = { $moment }: { $gap }, { $count } Nachrichten, von { $who }
gaps-call-sent = { $count ->
    [0] Keine Nachricht wurde in den Postausgang gelegt.
    [one] Eine Nachricht liegt im Postausgang.
   *[other] { $count } Nachrichten liegen im Postausgang.
}
gaps-call-back = Zurück zu den Lücken
