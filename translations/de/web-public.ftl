# Texts of the area "web-public" (de). Keys: <word>-<page>-<thing>.
