# Texts of the area "web-field" (de): invitations and watching the field. Keys: <word>-<page>-<thing>.

web-field-mail-unclear = ungeklärt
web-field-mail-unclear-text = Beim Übergeben dieser Mail brach das Programm oder die Verbindung ab. Niemand weiß, ob sie angekommen ist. Sie wird nicht von selbst noch einmal verschickt. Fragen Sie beim Mailserver nach, oder schicken Sie sie noch einmal; dann kommt sie vielleicht zweimal an.
web-field-mail-bounced = zurückgekommen
web-field-mail-again = Noch einmal verschicken
