"""python -m bench.soak: three parts share SECONDS (600). Ends with 1 when anything went wrong."""

import os
import signal
import sys
from contextlib import ExitStack

from bench.__main__ import prepare
from bench.scratch import scratch_database

from . import crash, crowd, doubles

SHARES = ((crash, 0.4), (doubles, 0.2), (crowd, 0.4))
ORGANISATIONS, PAIRS, MEETINGS = 6, 30, 3


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    seconds = float(os.environ.get("SECONDS", "600"))
    with ExitStack() as stack:
        os.environ |= prepare(stack, "soak")
        stack.enter_context(scratch_database())
        from mentoring.demo.sample import bulk

        sign_ins = bulk.load(ORGANISATIONS, 1, PAIRS, seed=1, meetings=MEETINGS)
        wrong = [part.run(seconds * share, sign_ins) for part, share in SHARES]
    sys.exit(any(wrong))


if __name__ == "__main__":
    main()
