"""python -m bench.soak [NAME ...]: all parts, or those that are named; ends with 1 when anything went wrong.

Three parts share SECONDS (600). Those without a share have a number of things to do, and take the time these take.
"""

import os
import signal
import sys
from contextlib import ExitStack

from bench.__main__ import prepare
from bench.scratch import scratch_database

from . import crash, crowd, doubles, faults, interrupted, signing

SHARES = ((crash, 0.4), (doubles, 0.2), (crowd, 0.4), (signing, 0.0), (interrupted, 0.0), (faults, 0.0))
ORGANISATIONS, PAIRS, MEETINGS = 6, 30, 3


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    seconds = float(os.environ.get("SECONDS", "600"))
    with ExitStack() as stack:
        os.environ |= prepare(stack, "soak")
        stack.enter_context(scratch_database())
        from mentoring.demo.sample import bulk

        sign_ins = bulk.load(ORGANISATIONS, 1, PAIRS, seed=1, meetings=MEETINGS)
        named = [(part, share) for part, share in SHARES if part.__name__.rpartition(".")[2] in sys.argv[1:]]
        wrong = [part.run(seconds * share, sign_ins) for part, share in named or SHARES]
    sys.exit(any(wrong))


if __name__ == "__main__":
    main()
