"""A finger on the screen, as the browser's own input has it."""

from playwright.sync_api import Page

STEPS = 6


def touch(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Put a finger down at `start`, move it to `end` and lift it (pixels of the window)."""
    session = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        given = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    send("touchStart", start)
    for step in range(1, STEPS + 1):
        share = step / STEPS
        x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
        send("touchMove", (x, y))
    send("touchEnd")
    session.detach()
