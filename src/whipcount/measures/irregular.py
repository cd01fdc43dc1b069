"""Verbs whose past does not begin like their stem."""

from __future__ import annotations

from whipcount.text import stem

IRREGULAR = {
    stem(verb): tuple(forms.split("/"))
    for verb, forms in (
        pair.split(":")
        for pair in """send:sent give:gave withdraw:withdrew take:took bring:brought build:built
        sell:sold buy:bought lead:led hold:held fight:fought leave:left pay:paid spend:spent
        lend:lent make:made keep:kept meet:met break:broke/broken
        freeze:froze/frozen draw:drew fly:flew/flown
        stand:stood begin:began/begun teach:taught seek:sought
        undertake:undertook uphold:upheld withhold:withheld lay:laid""".split()
    )
}
