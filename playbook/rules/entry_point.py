"""The entry point sheet's rules: where can a small start succeed, and still be noticed?"""

from __future__ import annotations
