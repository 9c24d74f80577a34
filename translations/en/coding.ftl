# Open answers: frame of codes, coding, comparison, quotes (crates/web/src/office/open*.rs, crates/web/src/answer/quote.rs).
coding-list-title = Open answers
coding-list-lead = Open answers of closed waves: first the frame of codes, then two people code independently, then the comparison and the dataset's next version.
coding-list-none = No closed wave has open answers yet.
coding-list-answers = Answers
coding-list-codes = Codes in the frame
coding-list-mine = coded by you
coding-list-both = coded by two
coding-list-settled = settled
coding-frame-title = Frame of codes
coding-frame-codes = Codes, one a line
coding-frame-codes-help = key | German | English. For "other" a fourth part: the key of the option that the code means. Example: geld | Finanzierung | funding
coding-frame-other = "Other" of a closed question
coding-frame-other-help = Only if this open question asks what "other" was: question and option, such as rolle.sonstige
coding-frame-save = Save the frame
coding-frame-conflict = Somebody else changed the frame in the meantime. Load the page again; your lines still stand here.
coding-frame-line = Line { $line }: expected "key | German | English", the key of a-z, 0-9 and hyphens.
coding-frame-twice = Line { $line }: the key "{ $key }" stands in another line already.
coding-frame-other-wrong = "{ $other }" is no option of the dataset; expected is for example rolle.sonstige.
coding-code-title = Coding
coding-code-lead = Tick what the answer names. You see what the other person chose in the comparison only.
coding-code-left = { $left } answers left.
coding-code-answer = Answer { $number }
coding-code-none = no code fits
coding-code-save = Save and go on
coding-code-done = You have coded all answers that wait for you.
coding-code-no-frame = There are no codes yet.
coding-code-own = See and change your own codings
coding-code-own-lead = Your own codings. What you change here replaces what you chose before; what is settled already stays.
coding-code-back = Go on coding
coding-compare-holds = What holds?
coding-compare-saved = The decisions are saved.
coding-compare-version-made = The next version of the dataset is made. The workspace has it already.
coding-compare-undecided = { $count ->
    [0] All differences are settled.
    [one] One difference is still to be settled.
   *[other] { $count } differences are still to be settled.
}
coding-compare-decided = { $count ->
    [one] One settled difference
   *[other] { $count } settled differences
}
coding-compare-title = Comparison
coding-compare-agreement = Agreement
coding-compare-both = coded by two
coding-compare-same = coded alike
coding-compare-alpha = Krippendorff's alpha
coding-compare-alpha-help = 1 is full agreement, 0 that of chance. From 0.8 on codes are usually called reliable, below 0.667 they are not. A dash says that there was nothing to differ in.
coding-compare-by-code = Agreement by code
coding-compare-code = Code
coding-compare-differences = Differences
coding-compare-no-difference = There is no answer that two people coded differently.
coding-compare-settle = Save the decisions
coding-compare-version = Next version of the dataset
coding-compare-version-now = Version { $version } holds.
coding-compare-settled = { $settled } answers are settled
coding-compare-of = of { $of }.
coding-compare-version-text = The next version has a column a code, and "other" is moved to the options. Version 1 stays as it was frozen; the published figures are made from it.
coding-compare-version-make = Make the next version
coding-quotes-title = Quotes
coding-quotes-lead = Here are only answers whose municipality allowed quoting, attributed as it allowed.
coding-quotes-not = { $not } further answers may not be quoted.
coding-quotes-none = No answer to this question may be quoted.
coding-quote-ask = May we quote from this answer?
coding-quote-name = yes, with the name of our municipality
coding-quote-art = yes, with its type and size only
coding-quote-nein = no
