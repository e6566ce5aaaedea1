"""Counts what holds and what does not."""


class Tally:
    """Counts checks, and prints those that fail."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, got, expected=True):
        self.that(what, got == expected, f"expected {expected!r}\n  got      {got!r}")

    def that(self, what, holds, otherwise=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}\n  {otherwise}".rstrip())

    def end(self):
        """Prints the last line, and returns the exit code."""
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
