--TEST--
The shared conformance cases and the providers' sample deliveries, all of them
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/cases.inc';
$root = dirname(__DIR__, 2);
echo run_cases("$root/tests/vectors/*.json"), " cases\n";
// The fewest samples: a provider more has more.
echo run_cases("$root/core/providers/*/samples/*.json") >= 41 ? "all samples\n" : "too few samples\n";
echo "$referenced compared with json_decode\n";
?>
--EXPECT--
2457 cases
all samples
396 compared with json_decode
