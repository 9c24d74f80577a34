# The public catalogue of examples: search, filters, kept examples, and the search's word lists.

web-search-title = Find examples
web-search-start = What other municipalities did: search, narrow down, take along.
web-search-start-link = To the catalogue of examples
web-search-words = What are you looking for?
web-search-words-help = Write as you speak, in German: “Azubi Werkstatt”, “KdU”, “Sprachkurs Mütter”. Typing errors and ae, oe, ue do not matter; many English words are known.
web-search-button = Search
web-search-filters = Narrow down
web-search-apply = Apply filters
web-search-reset = Show all examples
web-search-facet-field = Field of action
web-search-facet-target = Target group
web-search-facet-land = Land
web-search-facet-size = Size by inhabitants
web-search-facet-type = Kind of municipality
web-search-facet-kind = Kind of example
web-search-facet-cost = Cost per year
web-search-facet-state = State
web-search-facet-evidence = How the result is known
web-search-facet-confirmed = Last confirmed in
web-search-facet-lang = Language
web-search-facet-source = Origin
web-search-source-own = from a wave
web-search-source-imported = from another collection
web-search-lang-de = German
web-search-lang-en = English
web-search-found = { $count ->
    [one] One example
   *[other] { $count } examples
  }
web-search-range = Number { $first } to { $last }.
web-search-none = No example found
web-search-none-help = Take away a word or a filter. A more general word often helps.
web-search-instead = “{ $typed }” does not occur. We also looked for “{ $word }”.
web-search-why-lead = Found because:
web-search-why = “{ $typed }” → “{ $word }” ({ $how })
web-search-why-same = the same word
web-search-why-part = part of a word
web-search-why-family = same family of words
web-search-why-synonym = means the same
web-search-why-related = related
web-search-why-typo = typing error
web-search-confirmed = last confirmed on { $day }
web-search-confirmed-on = Last confirmed
web-search-feed = This search as a feed (Atom)
web-search-pages = More pages
web-search-before = Previous page
web-search-after = Next page
web-search-map = Where these examples are
web-search-map-alt = Map of the Länder as tiles with the number of examples; the list says the same numbers
web-search-map-list = Choose a Land:
web-search-place = Municipality
web-search-text = What it is about
web-search-imported = This example was taken over from another collection. We have not checked it.
web-search-pdf = As PDF
web-search-paper = Text for a decision paper
web-search-related = Similar examples
web-search-back = Back to the search

web-search-kept-title = Kept examples
web-search-kept-link = { $count ->
    [one] Kept: one example
   *[other] Kept: { $count } examples
  }
web-search-kept-lead = Your list is in your browser only. You need no account.
web-search-kept-shared = Somebody shared this list with you.
web-search-kept-none = Nothing is kept yet. Every example has a button for it.
web-search-kept-pdf = All as one PDF
web-search-kept-address = To pass on:
web-search-kept-add = Keep
web-search-kept-remove = Keep no longer

web-search-paper-title = Decision paper: { $title }
web-search-paper-decision = 1. Proposed decision
web-search-paper-decision-text = The administration is asked to examine how “{ $title }” can be done here after another municipality's example.
web-search-paper-situation = 2. Situation (there; please add your own)
web-search-paper-example = 3. What the other municipality did
web-search-paper-result = 4. Result
web-search-paper-requires = 5. What must exist first
web-search-paper-means = 6. Staff, cost and funding (there)
web-search-paper-risks = 7. Obstacles and what helped
web-search-paper-open = [please add]
web-search-paper-source = Source: { $place }, { $address }

web-search-lists-title = Word lists of the search
web-search-lists-lead = Add what the search does not know. The lists that come with the program stay; after saving, the index is built again.
web-search-lists-synonyms = Synonyms, one group a line
web-search-lists-synonyms-help = a = b (the same), a ~ b (related), a > b, c (who looks for a also finds b and c), Topic: a b c (who looks for one and finds little also finds texts with the others). One sign a line; a remark follows #.
web-search-lists-parts = Words of which compounds consist
web-search-lists-parts-help = Several in a line, separated by spaces. A split that does not happen by itself: Volkshochschule = Volk Hochschule
web-search-lists-save = Save the lists
web-search-lists-saved = Saved. The search knows the new words in a few moments.
web-search-lists-faults = Nothing was saved. Please put right:
web-search-lists-conflict = Somebody else changed the lists meanwhile. Your text stands below; if you save again, it replaces the other.
web-search-fault-parts = Compounds
web-search-fault-synonyms = Synonyms
web-search-fault = { $list }, line { $line }: { $problem }
web-search-fault-mixed = a line has one sign only, =, ~ or >; write two lines
web-search-fault-sign = =, ~ or > is missing between the words, for example “Kita = Kindergarten”
web-search-fault-empty = a word is missing before or after a sign
web-search-fault-split = “{ $word }” needs at least two parts, for example “Volkshochschule = Volk Hochschule”
web-search-fault-short = “{ $word }” is too short, at least two letters
