--TEST--
The shared conformance cases and the providers' sample deliveries, all of them
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/cases.inc';
$root = dirname(__DIR__, 2);
echo run_cases("$root/tests/vectors/*.json"), " cases\n";
echo run_cases("$root/core/providers/*/samples/*.json"), " samples\n";
echo "$referenced compared with json_decode\n";
?>
--EXPECT--
2315 cases
41 samples
396 compared with json_decode
