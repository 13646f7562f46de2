"""How well the device is told: `python -m tests.benchmarks.devices FILE…`.

The files are those of `tests.benchmarks.understanding`; only rows about equipment that name a device of the
catalogue count. No model is needed. The last line is one JSON object.

right: share of rows whose likeliest device is the row's.
sure: share of rows in which the talk would go on without asking; sure_wrong: with another device.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.bootstrap import bootstrap
from bot.content.catalogue import read_catalogue
from bot.understanding.named import read_named
from tests.benchmarks.understanding import read_rows, share

LABELS = ("equipment_how_to", "faq/equipment")


def main() -> None:
    """Read the files, find the devices, print what was missed."""
    asking = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asking.add_argument("files", nargs="+", type=Path)
    known, devices, finder = set(read_catalogue().equipment), bootstrap().devices, read_named("equipment")
    rows = [
        row
        for row in read_rows(asking.parse_args().files)
        if row.label.startswith(LABELS) and row.entities & known
    ]
    likeliest, sure = [], []
    for row in rows:
        named = finder.found_in(row.text)
        likeliest.append(devices.best_guess(row.text, named))
        sure.append(devices.meant(row.text, named, None))
        if likeliest[-1] not in row.entities:
            print(f"{sorted(row.entities & known)} -> {likeliest[-1]}: {row.text}")
    both = list(zip(rows, sure, strict=True))
    figures = {
        "rows": len(rows),
        "right": share(id in row.entities for row, id in zip(rows, likeliest, strict=True)),
        "sure": share(id is not None for id in sure),
        "sure_wrong": share(id is not None and id not in row.entities for row, id in both),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
