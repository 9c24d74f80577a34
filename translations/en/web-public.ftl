# Texts of the area "web-public" (en). Keys: <word>-<page>-<thing>.
