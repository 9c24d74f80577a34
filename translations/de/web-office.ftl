# Texts of the area "web-office" (de). Keys: <word>-<page>-<thing>.
