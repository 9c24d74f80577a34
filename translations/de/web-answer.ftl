# Texts of the area "web-answer" (de). Keys: <word>-<page>-<thing>.
