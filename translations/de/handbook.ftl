# Handreichung, Vergleichsblatt und Fragebogen als PDF.
handbook-synthetic = Beispieldaten: erfundene Kommunen

handbook-sheet-document = Vergleichsblatt für { $municipality }
handbook-sheet-author = Voneinander
handbook-sheet-description = Die eigenen Antworten neben den veröffentlichten Zahlen der Vergleichsgruppe, mit passenden Beispielen
handbook-sheet-kicker = Vergleichsblatt
handbook-sheet-page = Seite { $page } von { $pages }
handbook-sheet-lead = Ihre Antworten aus der Befragung „{ $wave }“ neben den Zahlen Ihrer Vergleichsgruppe: { $group }. Die Zahlen stammen aus „{ $figures }“, Stand { $date }.
handbook-sheet-own = Ihre Antwort
handbook-sheet-peers = Vergleichsgruppe
handbook-sheet-same = wie Sie
handbook-sheet-n = n
handbook-sheet-needs = Was Ihnen fehlt, und wer damit schon Erfahrung hat
handbook-sheet-needs-lead = Diese Punkte haben Sie hoch bewertet. Zu jedem nennen wir Beispiele guter Praxis, und warum sie zu Ihnen passen. Sie stehen in der Handreichung und auf der Website der Studie.
handbook-sheet-needs-none = Sie haben keinen Punkt hoch bewertet. Alle Beispiele guter Praxis finden Sie in der Handreichung und auf der Website der Studie.
handbook-sheet-no-example = Dazu gibt es noch kein veröffentlichtes Beispiel.
handbook-sheet-reading = So lesen Sie dieses Blatt
handbook-sheet-reading-text = Jeder Balken steht für alle Kommunen der Vergleichsgruppe ({ $group }) und zeigt, wie sie geantwortet haben: links der niedrigste, rechts der höchste Punkt der Skala. Das Dreieck und der Rahmen markieren Ihre Antwort. „Wie Sie“ nennt den Anteil der Vergleichsgruppe mit derselben Antwort, n die Zahl der Antworten dahinter. Die Zahlen sind gewichtet, gerundet und haben einen Unsicherheitsbereich; die Handreichung nennt ihn.
handbook-sheet-reading-dot = Ein Punkt (·) heißt: Diese Zahl zeigen wir nicht, weil zu wenige Kommunen geantwortet haben und Rückschlüsse auf einzelne möglich wären.
handbook-sheet-privacy = Ihre Antworten stehen nur auf diesem Blatt. Andere sehen von Ihnen nur, was Sie selbst freigegeben haben.
handbook-sheet-mean = Mittel { $mean }
handbook-sheet-mean-interval = Mittel { $mean } (Unsicherheitsbereich { $low } bis { $high })
handbook-sheet-no-answer = nicht beantwortet
handbook-sheet-alt = Vergleichsgruppe: { $shares }.
handbook-sheet-suppressed = nicht gezeigt
