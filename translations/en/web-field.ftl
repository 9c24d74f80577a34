# Texts of the area "web-field" (en): invitations and watching the field. Keys: <word>-<page>-<thing>.

web-field-mail-unclear = not known
web-field-mail-unclear-text = The program or the connection broke off while this mail was handed over. Nobody knows whether it arrived. It is not sent again by itself. Ask at the mail server, or send it again; then it may arrive twice.
web-field-mail-bounced = came back
web-field-mail-again = Send again
