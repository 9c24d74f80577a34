# The weights report: on the method page, in the method chapter and in the back office.

report-wirkung-title = What the weights do
report-wirkung-meaning = A weight says for how many municipalities a response stands. The more unequal weights are, the more depends on few responses. The effective n (Kish) says how many equally weighted responses would be worth about as much. The design effect is the number of responses over the effective n.
report-wirkung-spread = A response { $of } stands for at least { $low } and at most { $high } municipalities, a middle one for { $middle }. The tenth of the responses with the largest weights carries { $tenth } of all weight.
report-wirkung-raking = Raking to the Länder changed weights { $of } by factors from { $low } to { $high }.
report-wirkung-even = R-indicator { $of }: { $value }, corrected { $adjusted }. At 1 all groups answer equally often. Model: logistic regression of taking part on { $model }, fitted to the whole register; what estimation alone adds is corrected for (Shlomo, Skinner and Schouten 2012). Where few answer, the R-indicator is always near 1. What says more then is how far a plain mean could be off at worst: { $bias } times the spread (standard deviation) of the answers.
report-wirkung-caption = What the results rest on
report-wirkung-columns = group | in the register | responses | effective n | design effect
report-fehlt-title = Who is missing
report-fehlt-meaning = Weights make up for groups that answer less often. They cannot replace what nobody in a group has said. Where few answered, few speak for many.
report-fehlt-thin = { $n } { $of } answered, { $share } % of { $units }. These groups answered less than half as often as all together:
report-fehlt-even = { $n } { $of } answered, { $share } % of { $units }. No size class, type or Land answered less than half as often as all together.
report-fehlt-group = { $population }, { $group }: { $n } of { $units }; one response for { $each }
report-fehlt-none = { $population }, { $group }: none of { $units }
report-ungewichtet-title = How far plain percentages would be off
report-ungewichtet-meaning = Had we only counted how many of those who answered say something, the figures would mostly speak for larger towns. The distance shows what the weights change. It does not show whether the weighted result is right.
report-ungewichtet-summary = For { $clearly ->
    [0] none
   *[other] { $clearly }
  } of { $results } main results { $of } the plain figure would be off by at least { $points } points; by { $middle } in the median, by { $most } at most.
report-ungewichtet-caption = With and without weights: the largest distances
report-ungewichtet-columns = result | weighted | plain | distance in points
report-schweigen-title = What if the others answered differently
report-schweigen-meaning = The ranges of uncertainty assume that within each weighting cell the municipalities without an answer would answer as the others did. That cannot be checked. The tables show how far a share moves if they were 5 or 10 points off. Where almost all answered, it hardly moves.
report-verschiebung-caption = How far a share moves (points)
report-verschiebung-columns = group | 5 points off | 10 points off
report-spanne-caption = Range of the main results, range of uncertainty included
report-spanne-columns = result | share | range of uncertainty | 5 points off | 10 points off
report-vergleiche-title = Whether it matters who answers when and by which channel
report-vergleiche-meaning = Who answers late may be like those who do not answer at all. And heads of administration see some things differently from staff. Groups are compared at equal size class, with the weights. “Distinguishable” means that the difference stands even considering that many results were tested at once (Benjamini and Hochberg, 5 %). The ranges of uncertainty, too, hold for all results tested at once and are wide for that reason. “Not distinguishable” does not mean that both groups answer alike.
report-vergleiche-late = Late against early
report-vergleiche-channel = Channel
report-vergleiche-heads = Heads against staff
report-vergleiche-none = { $kind }, { $population }: not compared. { $reason }
report-vergleiche-tested = { $kind }, { $population }: { $first } (n = { $n }) against { $second } (n = { $m }). Of { $tested } main results tested, { $found ->
    [0] none is distinguishable.
    [1] one is distinguishable.
   *[other] { $found } are distinguishable.
} { $untested ->
    [0] {""}
    [1] One could not be tested since too few said one or the other.
   *[other] { $untested } could not be tested since too few said one or the other.
}
report-vergleiche-caption = { $population }: { $first } against { $second }, difference at equal size
report-vergleiche-columns = result | difference in points | range of uncertainty | verdict
report-vergleiche-yes = distinguishable
report-vergleiche-no = not distinguishable
