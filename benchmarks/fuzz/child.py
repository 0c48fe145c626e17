"""Fuzz one target in a process of its own: `python -m benchmarks.fuzz.child heads FOLDER -runs=1000`.

Only PrepVault's own modules are instrumented, since the libraries' code is not ours to cover and would make
every run slow. What libFuzzer takes behind the folder goes to it as it is.
"""

import sys
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

import atheris


def main(arguments: list[str]) -> None:
    """Write the seeds, then fuzz until the bounds are reached or something is broken."""
    name, folder, *options = arguments
    with atheris.instrument_imports(include=["prepvault"], enable_loader_override=False):
        from benchmarks.fuzz.seeds import seeds_of
        from benchmarks.fuzz.targets import TARGETS

        target = TARGETS[name]
        for seed in islice(seeds_of(name, target.longest), 0, None, 7):  # what is imported late is met here
            with suppress(Exception):
                target.check(seed)

    corpus = Path(folder) / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        for number, seed in enumerate(seeds_of(name, target.longest)):
            (corpus / f"seed-{number:05d}").write_bytes(seed)

    def checked(data: bytes) -> None:
        try:
            target.check(data)
        except BaseException:  # kept by ourselves: the fuzzer's own watch may end it before it wrote
            (Path(folder) / f"find-{sha256(data).hexdigest()[:12]}").write_bytes(data)
            raise

    finds = f"-artifact_prefix={folder}/"
    bounds = (f"-max_len={target.longest}", "-timeout=10", "-rss_limit_mb=1500", "-print_final_stats=1")
    atheris.Setup([sys.argv[0], str(corpus), finds, *bounds, *options], checked)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
