# Texts of the area "web-answer" (en). Keys: <word>-<page>-<thing>.
