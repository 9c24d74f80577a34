# Examples that fit answers: the municipality's page, and the mapping in the back office.

web-fit-title = Examples that fit you
web-fit-lead = Chosen by what you rated as a high need or a large challenge, by what you lack and what you have, and by how like yours the other municipality is.
web-fit-promise = Only people with your access link see this page. Nobody else learns what you answered or which examples stand here.
web-fit-none = No example fits yet: some will appear here once you have rated a need or a challenge on one of the two upper points.
web-fit-why = Fits because:
web-fit-missing = Presupposes what you lack: { $what }.
web-fit-there = Presupposes what you have: { $what }.
web-fit-also = Also presupposes: { $what }. You said nothing of it, or “partly”.
web-fit-back = Back to your answers
web-fit-link = Examples that fit you
web-fit-link-text = For each high need: examples of similar municipalities, with the reasons and with what they presuppose.
web-fit-mapping-title = Mapping of answers to examples: { $wave }
web-fit-mapping-lead = Each line says which answer leads to which field of action, and which says whether a prerequisite is there. “Examples that fit you”, the feedback sheets and the gaps follow it.
web-fit-mapping-lines = Mapping, one a line
web-fit-mapping-help = Bedarf (need), Herausforderung (challenge) or Mangel (lack), then question.item, colon, field of action. Ressource (resource), then question.item, colon, code; for a choice the answers: there / missing. A remark follows #.
web-fit-mapping-save = Save mapping
web-fit-mapping-saved = The mapping is saved and holds from now on.
web-fit-mapping-conflict = Somebody else has changed the mapping meanwhile. Your text stands below; if you save again, it replaces the other.
web-fit-mapping-codes = Codes of prerequisites
web-fit-mapping-back = To the response of the wave
web-fit-mapping-to = Show mapping
web-fit-mapping-hint = Which answers lead to which examples.
web-fit-fault = Line { $line }: { $what }
web-fit-fault-form = Expected for example “Bedarf bedarf.wohnungsbau: wohnen” or “Ressource stelle = ja / nein: braucht-stelle”.
web-fit-fault-variable = “{ $word }” is neither an item on a scale nor a single choice of this questionnaire.
web-fit-fault-answer = “{ $word }” is no answer of this question.
web-fit-fault-field = “{ $word }” is no field of action.
web-fit-fault-code = “{ $word }” is no code of a prerequisite.
web-fit-takeup-history = History
web-fit-takeup-step-added = came in
web-fit-takeup-step-saved = changed
web-fit-takeup-step-sent-for-release = sent for release
web-fit-takeup-step-released = released and published
web-fit-takeup-step-refused = release refused
web-fit-takeup-step-withdrawn = withdrawn
web-fit-takeup-event = { $moment }: { $step } (version { $version }, { $who })
