--TEST--
The README's code, every block of it
--EXTENSIONS--
hookseal
--FILE--
<?php
$readme = file_get_contents(dirname(__DIR__) . '/README.md');
preg_match_all('/^```(\w+)\n(.*?)^```$/ms', $readme, $blocks, PREG_SET_ORDER);
echo implode(' ', array_map(fn (array $block): string => $block[1], $blocks)), "\n";
foreach ($blocks as [, $language, $code]) {
    if ($language !== 'php') {
        continue; // ./run-tests takes these steps.
    }
    // Each alone, so that none leans on another.
    $uses = preg_match_all('/^use .*;$/m', $code, $found) ? implode('', $found[0]) : '';
    $script = "<?php $uses require " . var_export(__DIR__ . '/readme.inc', true) . ';' . preg_replace('/^use .*;$/m', '', $code);
    $file = tempnam(sys_get_temp_dir(), 'hookseal');
    file_put_contents($file, $script);
    passthru(implode(' ', array_map('escapeshellarg', [PHP_BINARY, '-n', '-d', 'extension=' . dirname(__DIR__) . '/modules/hookseal.so', '-d', 'extension=pdo', '-d', 'extension=pdo_sqlite', '-d', 'display_errors=stderr', $file])) . ' 2>&1');
    unlink($file);
}
?>
--EXPECT--
sh sh dockerfile php php php php php php php php php php php php php php
TEST-POLICY-12345 kasko:policy.created:76a983c3500579a53e79a7107aa8ae656450a37c4e7bc7b33e083518ccde6620
policy.created
handled policy.created
policy.created
shop/v1/kasko 200 {"received":"policy.created"}
204
1 TEST-POLICY-12345
1
P-1
invalid_secret
body_reserialised
sold
caller
text/plain 1158201444
TEST-POLICY-12345
