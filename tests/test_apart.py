"""Work that is done by a process of its own knows none of our keys, and is done whole or not at all."""

import pytest

from mentoring.apart import NEEDED, Failed, run_apart


def say(words: str, seconds: float = 10) -> bytes:
    """What another process prints that runs these words."""
    return run_apart("timeit", "-n1", "-r1", "-s", "import os, sys, time", words, content=b"given", seconds=seconds)


def test_it_is_given_its_work_and_no_key_of_ours(monkeypatch):
    monkeypatch.setenv("SEAL_KEY", "secret")

    content, names, *_ = say("print(sys.stdin.read()); print(*os.environ)").decode().splitlines()

    assert content == "given"
    assert set(names.split()) <= {*NEEDED, "LC_CTYPE"}  # which Python sets itself


@pytest.mark.parametrize(
    "words", ["print('half', flush=True); os.abort()", "print('half', flush=True); time.sleep(60)"]
)
def test_half_of_it_is_nothing(words):
    with pytest.raises(Failed):
        say(words, seconds=0.5)
