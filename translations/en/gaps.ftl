# Where examples are missing: tables, maps, open data, back office and calls.

gaps-title = Where examples are missing
gaps-link = Where examples are missing: high need without examples from there
gaps-lead = Where many municipalities name a high need or a large challenge and there is no example from such a municipality yet.
gaps-reading = For each field of action the highest of the needs that were asked for stands: the share on one of the two upper points. From { $high } on it counts as high. Gap means: high need, no published example from there; few means: fewer than { $enough }. A dot means: not shown.
gaps-base = Share of municipalities with a high need, and published examples from such municipalities.
gaps-field = Field of action
gaps-land = Land
gaps-table-klassen = Need and examples by size
gaps-table-laender = Need and examples by Land (cities and municipalities)
gaps-by-land = By Land
gaps-land-groups = Länder from which few answered are taken together; the same value holds for them. Counties do not count here. Where the need of a Land is not shown, since single municipalities could be told from it, the need of all cities and municipalities stands there ("overall"); the map then shows the examples from there.
gaps-examples = { $count ->
    [0] no example
    [one] 1 example
   *[other] { $count } examples
}
gaps-cell = { $need }, { $examples }
gaps-cell-missing = gap: { $need }, { $examples }
gaps-cell-few = few: { $need }, { $examples }
gaps-short = { $need } ({ $count })
gaps-short-missing = { $need } ({ $count }) gap
gaps-short-few = { $need } ({ $count }) few
gaps-base-short = Share of municipalities with a high need; in brackets: published examples from such municipalities.
gaps-tile-missing = gap
gaps-tile-examples = { $count ->
    [one] 1 example
   *[other] { $count } ex.
}
gaps-map-title = Need and examples by Land: { $field }
gaps-map-alt = Map of the Länder as tiles of equal size. { $numbers }
gaps-of-all = { $need } overall
gaps-tile-few = few
gaps-tile-only = { $count ->
    [one] example
   *[other] examples
    }
gaps-map-of-all = Need of all cities and municipalities: { $need }
gaps-n = n = { $n }
gaps-missing = { $field }: { $places }.
gaps-missing-place = { $place } ({ $need })
gaps-missing-title = High need, no example
gaps-see-annex = The table “{ $table }” is in the annex.
gaps-csv = These figures as CSV
gaps-annex = Where examples are missing
gaps-office-title = Where examples are missing: { $wave }
gaps-office-none = No wave has been closed yet from which a need could be read.
gaps-office-nav = Gaps
gaps-office-list = Gaps
gaps-office-list-none = Nowhere is a need high without examples.
gaps-office-field = Map for
gaps-office-show = Show map
gaps-office-call = Ask for examples
gaps-office-item = { $field }, { $place }: { $said }
gaps-office-waves = Other waves
gaps-call-title = Ask for examples
gaps-call-gap = { $field }, { $place }
gaps-call-subject = Subject
gaps-call-body = Text
gaps-call-help = Placeholders: {"{"}kommune{"}"} is the name of the municipality, {"{"}feld{"}"} the field of action, {"{"}link{"}"} leads to the form for an example.
gaps-call-default-subject = Your example on {"{"}feld{"}"}
gaps-call-default-body = Good day,

    in our survey many municipalities like {"{"}kommune{"}"} name a high need in the field of {"{"}feld{"}"}. We lack examples from such municipalities.

    Is there something in your place that could help others, even something small? Then we would be glad of an example. The form takes about ten minutes:
    {"{"}link{"}"}

    Only what you release expressly is published. If you want no such requests any more, please answer this message briefly.

    Kind regards
gaps-call-recipients = To these { $count } addresses
gaps-call-recipients-note = Contacts of the wave, and addresses through which municipalities of this kind have reached us; none that objected or from which messages came back. Each gets at most one message a call.
gaps-call-nobody = We know no address of municipalities of this kind that may get requests.
gaps-call-send = Put messages into the outbox
gaps-call-faults = Please fill in subject and text.
gaps-call-unknown = There is no such placeholder: { $word }
gaps-call-object = Wants no requests any more
gaps-call-history = Calls so far
gaps-call-line = { $moment }: { $gap }, { $count } messages, by { $who }
gaps-call-sent = { $count ->
    [0] No message was put into the outbox.
    [one] One message is in the outbox.
   *[other] { $count } messages are in the outbox.
}
gaps-call-back = Back to the gaps
