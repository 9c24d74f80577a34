# Change between two waves: chapter, sentences, tables (en).

change-title = What has changed
change-lead = Two waves are compared: { $before } ({ $before-n } municipalities) and { $after } ({ $after-n } municipalities). { $both } municipalities answered both times.
change-lead-read = “Risen” and “fallen” is said only of what a statistical test can tell from chance. Where it says “no change can be seen”, something may have changed all the same; how large it would have had to be stands beside it.
change-glance = { $question } – { $said }
change-glance-still = For { $count } further questions no change can be seen among cities and municipalities as a whole.
change-at-a-glance = At a glance
change-from-to = from { $before } to { $after }
change-risen = Risen: { $items }.
change-fallen = Fallen: { $items }.
change-inhabitants = Counted by inhabitants: { $said }
change-rest = { $count ->
    [one] For one further item no change can be seen.
   *[other] For { $count } further items no change can be seen.
  }
change-none = { $count ->
    [one] No change can be seen in { $group }.
   *[other] For none of the { $count } items a change can be seen in { $group }.
  }
change-untested = { $count ->
    [one] One item is not tested, since too few answered.
   *[other] { $count } items are not tested, since too few answered.
  }
change-held = The change in { $group } is not shown.
change-one-risen = { $measure }: risen in { $group }, from { $before } to { $after }.
change-one-fallen = { $measure }: fallen in { $group }, from { $before } to { $after }.
change-one-not-seen = { $measure }: in { $group } { $before } and { $after }, no change can be seen.
change-one-not-tested = { $measure }: in { $group } { $before } and { $after }, not tested.
change-smallest = { $count ->
    [one] A change from about { $range } on would have been seen.
   *[other] Tested together; a change from about { $range } on would have been seen.
  }
change-too-wide = Whoever took the two waves as independent would get ranges of uncertainty that are { $percent } too wide.
change-too-narrow = Whoever took the two waves as independent would get ranges of uncertainty that are { $percent } too narrow.
change-points = { $count } percentage points
change-alt = Change for { $question }, { $measure }: { $numbers }.
change-note = { $measure }. A strong line with an arrowhead is a change that can be seen, a thin one is not. { $group }, n = { $before-n } and { $after-n }. Source: { $before }; { $after }.
change-verdict-risen = risen
change-verdict-fallen = fallen
change-verdict-not-seen = no change can be seen
change-verdict-not-tested = not tested
change-table-caption = Change: { $question }
change-table-points = Change (percentage points)
change-table-difference = Change
change-table-verdict = Test
change-table-smallest = seen from
change-table-panel = only those that answered both times (internal)
change-table-panel-cell = { $value } (n = { $n })
change-table-note = The change is the difference of the two published figures. The range of uncertainty is as wide as testing all items together demands.
change-table-groups = Change by group: { $question }
change-table-groups-base = { $measure }, change in percentage points. “Risen” and “fallen” stand only where a change can be seen; each breakdown is tested on its own.
change-refused = What is not compared
change-refused-lead = Only what measures the same in both waves is compared. The following is left out:
change-method = How it was compared
change-below-title = Compared with { $before }
change-below-link = Figures and chart
change-below-refused = Not compared:
change-annex = Change
change-site-link = What has changed since { $before }
change-site-csv = All changes (CSV)
change-site-csv-refused = What is not compared (CSV)
change-readme = veraenderung.csv holds the change since the wave { $before } ({ $period }): figures of both waves, their difference, the range of uncertainty after testing together, the verdict and the smallest change that could have been seen. veraenderung-antworten.csv holds the same for each single answer of the scales. nicht-vergleichbar.csv names what is not compared, with the reason.
change-codes = Answer by answer: { $said }
change-codes-one = { $answer } for { $item } ({ $moved })
change-codes-none = { $count ->
    [one] For the one answer that was tested no change can be seen.
   *[other] For none of the { $count } answers that were tested a change can be seen by itself.
  }
change-codes-show = Show each answer by itself
change-codes-caption = Change answer by answer: { $question } – { $group }
change-codes-base = Share with this answer among all who gave an answer.
change-codes-answer = Answer
change-codes-groups = Change answer by answer and by group: { $question }
change-codes-groups-base = Share with this answer, change in percentage points. “Risen” and “fallen” stand only where a change can be seen; each breakdown is tested on its own.
change-codes-note = All answers to all items of the question are tested together. Since more is tested here than in the chart, a change must be larger to be seen.
change-codes-held = Where one of the two figures is not shown there is no change either. Merged answers stand only where their figure has been published already.
change-codes-measure = Share with this answer
change-inhabitants-title = { $question } – by inhabitants
change-site-csv-codes = Answer by answer (CSV)
