"""What atheris feeds: everything that reads a text or a dictionary once it is decoded.

``python -m benchmarks.border.fuzz_target -max_total_time=60`` runs it for a minute; it needs atheris. The
first byte chooses what is tried, the second how the others are read: as UTF-8, or each as a fragment that
means something to one of the steps.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["pdtool"]):
    from benchmarks.border.fuzz_checks import try_bytes

if __name__ == "__main__":
    atheris.Setup(sys.argv, try_bytes)
    atheris.Fuzz()
