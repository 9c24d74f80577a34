# Das öffentliche Verzeichnis der Beispiele: Suche, Filter, Merkliste, und die Wortlisten der Suche.

web-search-title = Beispiele finden
web-search-start = Was andere Kommunen getan haben: mit Worten suchen, eingrenzen, mitnehmen.
web-search-start-link = Zum Verzeichnis der Beispiele
web-search-words = Wonach suchen Sie?
web-search-words-help = Schreiben Sie, wie Sie sprechen: „Azubi Werkstatt“, „KdU“, „Sprachkurs Mütter“. Tippfehler und ae, oe, ue machen nichts.
web-search-button = Suchen
web-search-filters = Eingrenzen
web-search-apply = Filter anwenden
web-search-reset = Alle Beispiele zeigen
web-search-facet-field = Handlungsfeld
web-search-facet-target = Zielgruppe
web-search-facet-land = Land
web-search-facet-size = Größe nach Einwohnern
web-search-facet-type = Art der Kommune
web-search-facet-kind = Art des Beispiels
web-search-facet-cost = Kosten im Jahr
web-search-facet-state = Stand
web-search-facet-evidence = Wie das Ergebnis bekannt ist
web-search-facet-confirmed = Zuletzt bestätigt im Jahr
web-search-facet-lang = Sprache
web-search-facet-source = Herkunft
web-search-source-own = aus einer Befragung
web-search-source-imported = aus einer anderen Sammlung
web-search-lang-de = Deutsch
web-search-lang-en = Englisch
web-search-found = { $count ->
    [one] Ein Beispiel
   *[other] { $count } Beispiele
  }
web-search-range = Nummer { $first } bis { $last }.
web-search-none = Kein Beispiel gefunden
web-search-none-help = Nehmen Sie ein Wort weg oder einen Filter heraus. Oft hilft ein allgemeineres Wort: „Wohnen“ statt „Wohnungsgeberbestätigung“.
web-search-instead = „{ $typed }“ kommt nicht vor. Gesucht wurde auch nach „{ $word }“.
web-search-why-lead = Gefunden, weil:
web-search-why = „{ $typed }“ → „{ $word }“ ({ $how })
web-search-why-same = dasselbe Wort
web-search-why-part = Teil eines Worts
web-search-why-family = gleiche Wortfamilie
web-search-why-synonym = bedeutet dasselbe
web-search-why-related = verwandt
web-search-why-typo = Tippfehler
web-search-confirmed = zuletzt bestätigt am { $day }
web-search-confirmed-on = Zuletzt bestätigt
web-search-feed = Diese Suche als Feed (Atom)
web-search-pages = Weitere Seiten
web-search-before = Vorherige Seite
web-search-after = Nächste Seite
web-search-map = Wo diese Beispiele sind
web-search-map-alt = Karte der Länder als Kacheln mit der Zahl der Beispiele; dieselben Zahlen stehen in der Liste
web-search-map-list = Ein Land wählen:
web-search-place = Kommune
web-search-text = Worum es geht
web-search-imported = Dieses Beispiel stammt aus einer anderen Sammlung und wurde übernommen. Wir haben es nicht geprüft.
web-search-pdf = Als PDF
web-search-paper = Text für eine Beschlussvorlage
web-search-related = Ähnliche Beispiele
web-search-back = Zur Suche

web-search-kept-title = Merkliste
web-search-kept-link = { $count ->
    [one] Merkliste (ein Beispiel)
   *[other] Merkliste ({ $count } Beispiele)
  }
web-search-kept-lead = Ihre Merkliste steht nur in Ihrem Browser. Sie brauchen kein Konto.
web-search-kept-shared = Jemand hat diese Liste mit Ihnen geteilt.
web-search-kept-none = Noch steht nichts auf der Merkliste. Bei jedem Beispiel gibt es dafür einen Knopf.
web-search-kept-pdf = Alle als ein PDF
web-search-kept-address = Zum Weitergeben:
web-search-kept-add = Auf die Merkliste
web-search-kept-remove = Von der Merkliste nehmen

web-search-paper-title = Beschlussvorlage: { $title }
web-search-paper-decision = 1. Beschlussvorschlag
web-search-paper-decision-text = Die Verwaltung wird beauftragt zu prüfen, wie „{ $title }“ nach dem Beispiel einer anderen Kommune hier umgesetzt werden kann.
web-search-paper-situation = 2. Ausgangslage (dort; die eigene bitte ergänzen)
web-search-paper-example = 3. Was die andere Kommune getan hat
web-search-paper-result = 4. Ergebnis
web-search-paper-requires = 5. Was zuerst da sein muss
web-search-paper-means = 6. Personal, Kosten und Förderung (dort)
web-search-paper-risks = 7. Hürden und was half
web-search-paper-open = [bitte ergänzen]
web-search-paper-source = Quelle: { $place }, { $address }

web-search-lists-title = Wortlisten der Suche
web-search-lists-lead = Hier ergänzen Sie, was die Suche nicht weiß. Die mitgelieferten Listen bleiben; nach dem Speichern wird der Suchindex neu gebaut.
web-search-lists-synonyms = Synonyme, eine Gruppe je Zeile
web-search-lists-synonyms-help = a = b (dasselbe), a ~ b (verwandt), a > b, c (wer a sucht, findet auch b und c), Thema: a b c (wer eines sucht und wenig findet, findet auch Texte mit den anderen). Ein Zeichen je Zeile; nach # steht eine Bemerkung.
web-search-lists-parts = Wörter, aus denen Zusammensetzungen bestehen
web-search-lists-parts-help = Mehrere in einer Zeile, durch Leerzeichen getrennt. Eine Zerlegung, die von selbst nicht gelingt: Volkshochschule = Volk Hochschule
web-search-lists-save = Listen speichern
web-search-lists-saved = Gespeichert. Die Suche kennt die neuen Wörter in wenigen Augenblicken.
web-search-lists-faults = Nichts wurde gespeichert. Bitte berichtigen Sie:
web-search-lists-conflict = Jemand anders hat die Listen inzwischen geändert. Ihr Text steht unten; wenn Sie noch einmal speichern, ersetzt er den anderen.
web-search-fault-parts = Zusammensetzungen
web-search-fault-synonyms = Synonyme
web-search-fault = { $list }, Zeile { $line }: { $problem }
web-search-fault-mixed = in einer Zeile steht nur ein Zeichen, =, ~ oder >; schreiben Sie zwei Zeilen
web-search-fault-sign = zwischen den Wörtern fehlt =, ~ oder >, zum Beispiel „Kita = Kindergarten“
web-search-fault-empty = vor oder nach einem Zeichen fehlt ein Wort
web-search-fault-split = „{ $word }“ braucht wenigstens zwei Teile, zum Beispiel „Volkshochschule = Volk Hochschule“
web-search-fault-short = „{ $word }“ ist zu kurz, wenigstens zwei Buchstaben
