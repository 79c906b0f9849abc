"""The web application: a Voila that serves the playbook's notebooks and nothing else.

    app.py        PlaybookServer and serve(), what `playbook serve` calls
    handlers.py   every address that is answered
    security.py   headers, and which messages pass between a page and its kernel
    assets.py     scripts and styles: compressed once, cached for good
    kernels.py    how kernels start, wait and end
    running.py    one server per data folder: the folder, the port, the note about who runs
    kernel.py     what a kernel process runs
    template/     the page around a notebook, also installed for plain `voila`

Nothing more is imported here: a kernel comes through this file on its way to kernel.py.
"""

import sys

# jsonschema builds a grammar of web addresses when it is imported, for a check that nobody here
# asks for: most of the server's start. It does without when the module is not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
