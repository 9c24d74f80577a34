# Handbook, feedback sheet and questionnaire as PDF.
handbook-synthetic = Sample data: invented municipalities

handbook-sheet-document = Feedback sheet for { $municipality }
handbook-sheet-author = Voneinander
handbook-sheet-description = Your own answers beside the published figures of your peer group, with examples that fit
handbook-sheet-kicker = Feedback sheet
handbook-sheet-page = Page { $page } of { $pages }
handbook-sheet-lead = Your answers in “{ $wave }” beside the figures of your peer group: { $group }. The figures come from “{ $figures }”, as of { $date }.
handbook-sheet-own = Your answer
handbook-sheet-peers = Peer group
handbook-sheet-same = like you
handbook-sheet-n = n
handbook-sheet-needs = What you lack, and who has experience with it
handbook-sheet-needs-lead = You rated these points high. For each we name examples of good practice, and why they fit. You find them in the handbook and on the website of the study.
handbook-sheet-needs-none = You rated no point high. All examples of good practice stand in the handbook and on the website of the study.
handbook-sheet-no-example = There is no published example for this yet.
handbook-sheet-reading = How to read this sheet
handbook-sheet-reading-text = Each bar stands for all municipalities of the peer group ({ $group }) and shows how they answered: the lowest point of the scale on the left, the highest on the right. The wedge and the frame mark your answer. “Like you” is the share of the peer group with the same answer, n the number of responses behind it. The figures are weighted and rounded and have an uncertainty interval, which the handbook gives.
handbook-sheet-reading-dot = A dot (·) means: we do not show this figure, since too few municipalities answered and conclusions on single ones would be possible.
handbook-sheet-privacy = Your answers stand on this sheet only. Others see of you only what you released yourselves.
handbook-sheet-mean = mean { $mean }
handbook-sheet-mean-interval = mean { $mean } (uncertainty interval { $low } to { $high })
handbook-sheet-no-answer = not answered
handbook-sheet-alt = Peer group: { $shares }.
handbook-sheet-suppressed = not shown
