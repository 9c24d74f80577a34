# Texts of the area "web-office" (en). Keys: <word>-<page>-<thing>.
