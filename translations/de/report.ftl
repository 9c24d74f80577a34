# Der Gewichtungsbericht: auf der Methodenseite, im Methodenkapitel und in der Verwaltung.

report-wirkung-title = Was die Gewichte bewirken
report-wirkung-meaning = Ein Gewicht sagt, für wie viele Kommunen eine Antwort steht. Je ungleicher die Gewichte sind, desto mehr hängt an wenigen Antworten. Die wirksame Fallzahl (nach Kish) sagt, wie viele gleich gewichtete Antworten etwa gleich viel wert wären. Der Designeffekt ist die Zahl der Antworten, geteilt durch die wirksame Fallzahl.
report-wirkung-spread = Eine Antwort { $of } steht für mindestens { $low } und höchstens { $high } Kommunen, eine mittlere für { $middle }. Das Zehntel der Antworten mit den größten Gewichten trägt { $tenth } des gesamten Gewichts.
report-wirkung-raking = Das Angleichen an die Länder hat Gewichte { $of } auf das { $low }-Fache bis { $high }-Fache verändert.
report-wirkung-even = R-Indikator { $of }: { $value }, nach Korrektur { $adjusted }. Bei 1 antworten alle Gruppen gleich häufig. Modell: logistische Regression der Teilnahme auf { $model }, geschätzt am ganzen Verzeichnis; korrigiert ist, was allein durch das Schätzen hinzukommt (Shlomo, Skinner und Schouten 2012). Wo wenige antworten, liegt der R-Indikator immer nahe bei 1. Aussagekräftiger ist dann, wie weit ein ungewichteter Mittelwert schlimmstenfalls danebenläge: um das { $bias }-Fache der Streuung (Standardabweichung) der Antworten.
report-wirkung-caption = Worauf die Ergebnisse ruhen
report-wirkung-columns = Gruppe | im Register | Antworten | wirksame Fallzahl | Designeffekt
report-fehlt-title = Wer fehlt
report-fehlt-meaning = Gewichte gleichen aus, dass manche Gruppen seltener antworten. Sie können nicht ersetzen, was in einer Gruppe niemand gesagt hat. Wo wenige geantwortet haben, sprechen wenige für viele.
report-fehlt-thin = Geantwortet haben { $n } { $of }, das sind { $share } % von { $units }. Weniger als halb so häufig wie alle zusammen haben diese Gruppen geantwortet:
report-fehlt-even = Geantwortet haben { $n } { $of }, das sind { $share } % von { $units }. Keine Größenklasse, keine Art und kein Land hat weniger als halb so häufig geantwortet wie alle zusammen.
report-fehlt-group = { $population }, { $group }: { $n } von { $units }; eine Antwort auf { $each }
report-fehlt-none = { $population }, { $group }: keine von { $units }
report-ungewichtet-title = Wie weit ungewichtete Prozentwerte danebenlägen
report-ungewichtet-meaning = Hätten wir nur gezählt, wie viele der Antwortenden etwas sagen, sprächen die Zahlen vor allem für größere Städte. Der Abstand zeigt, was die Gewichte ändern. Er zeigt nicht, ob das gewichtete Ergebnis stimmt.
report-ungewichtet-summary = Bei { $clearly ->
    [0] keinem
   *[other] { $clearly }
  } von { $results } Hauptergebnissen { $of } läge der ungewichtete Wert um mindestens { $points } Prozentpunkte daneben; im Mittel (Median) um { $middle }, höchstens um { $most }.
report-ungewichtet-caption = Gewichtet und ungewichtet: die größten Abstände
report-ungewichtet-columns = Ergebnis | gewichtet | ungewichtet | Abstand in Punkten
report-schweigen-title = Was wäre, wenn die anderen anders antworteten
report-schweigen-meaning = Die Unsicherheitsbereiche unterstellen, dass in jeder Gewichtungszelle die Kommunen ohne Antwort so antworten würden wie die mit. Prüfen lässt sich das nicht. Die Tabellen zeigen, wie weit sich ein Anteil verschiebt, wenn sie um 5 oder 10 Prozentpunkte anders lägen. Wo fast alle geantwortet haben, verschiebt er sich kaum.
report-verschiebung-caption = So weit verschiebt sich ein Anteil (Prozentpunkte)
report-verschiebung-columns = Gruppe | 5 Punkte anders | 10 Punkte anders
report-spanne-caption = Spanne der Hauptergebnisse, Unsicherheitsbereich eingeschlossen
report-spanne-columns = Ergebnis | Anteil | Unsicherheitsbereich | 5 Punkte anders | 10 Punkte anders
report-vergleiche-title = Ob es darauf ankommt, wer wann und auf welchem Weg antwortet
report-vergleiche-meaning = Wer spät antwortet, ähnelt vielleicht denen, die gar nicht antworten. Und Verwaltungsspitzen sehen manches anders als Fachkräfte. Verglichen wird bei gleicher Größenklasse, mit den Gewichten. „Unterscheidbar“ heißt: Der Unterschied besteht auch, wenn man berücksichtigt, dass viele Ergebnisse zugleich geprüft wurden (Benjamini und Hochberg, 5 %). Auch die Unsicherheitsbereiche gelten für alle geprüften Ergebnisse zugleich und sind deshalb breit. „Nicht unterscheidbar“ heißt nicht, dass beide Gruppen gleich antworten.
report-vergleiche-late = Spät gegen früh
report-vergleiche-channel = Zugangsweg
report-vergleiche-heads = Verwaltungsspitze gegen Fachkräfte
report-vergleiche-none = { $kind }, { $population }: nicht verglichen. { $reason }
report-vergleiche-tested = { $kind }, { $population }: { $first } (n = { $n }) gegen { $second } (n = { $m }). Von { $tested } geprüften Hauptergebnissen { $found ->
    [0] ist keines unterscheidbar.
    [1] ist eines unterscheidbar.
   *[other] sind { $found } unterscheidbar.
} { $untested ->
    [0] {""}
    [1] Eines ließ sich nicht prüfen, weil zu wenige das eine oder das andere sagten.
   *[other] { $untested } ließen sich nicht prüfen, weil zu wenige das eine oder das andere sagten.
}
report-vergleiche-caption = { $population }: { $first } gegen { $second }, Unterschied bei gleicher Größe
report-vergleiche-columns = Ergebnis | Unterschied in Punkten | Unsicherheitsbereich | Urteil
report-vergleiche-yes = unterscheidbar
report-vergleiche-no = nicht unterscheidbar
