"""Reads `hookseal inbox status --openmetrics` with Prometheus's own parser, and compares it with `--json`.

check.py HOOKSEAL DATABASE
"""

import json
import subprocess
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

STATES = ("waiting", "leased", "blocked", "dead")


def ask(option: str) -> str:
    command = [sys.argv[1], "inbox", "status", "--database", sys.argv[2], option]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    stats = json.loads(ask("--json"))
    families = {family.name: family for family in text_string_to_metric_families(ask("--openmetrics"))}
    assert sorted(families) == [
        "hookseal_inbox_conflicts",
        "hookseal_inbox_deliveries",
        "hookseal_inbox_late",
        "hookseal_inbox_oldest_due_seconds",
    ], families
    assert {family.type for family in families.values()} == {"gauge"}
    assert families["hookseal_inbox_oldest_due_seconds"].unit == "seconds"
    counts = {
        (sample.labels["source"], sample.labels["state"]): sample.value
        for sample in families["hookseal_inbox_deliveries"].samples
    }
    expected = {(source["source"], state): source[state] for source in stats["sources"] for state in STATES}
    assert counts == expected, (counts, expected)
    assert sum(expected.values()) == 6, expected
    for name, key in (("oldest_due_seconds", None), ("late", "has_late")):
        values = {sample.labels["source"]: sample.value for sample in families[f"hookseal_inbox_{name}"].samples}
        assert set(values) == {source["source"] for source in stats["sources"]}
        if key:
            assert values == {source["source"]: source[key] for source in stats["sources"]}
    (conflicts,) = families["hookseal_inbox_conflicts"].samples
    assert conflicts.value == stats["conflicts"] == 1
    print(f"openmetrics: {len(counts)} counts of {len(families)} metrics read")


main()
