--TEST--
The code of the README and of the site's pages, every block of it
--EXTENSIONS--
hookseal
--FILE--
<?php
$blocks = [];
$docs = dirname(__DIR__, 2) . '/docs';
$pages = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($docs, FilesystemIterator::SKIP_DOTS)) as $file) {
    if ($file->getExtension() === 'md' && str_contains(file_get_contents($file), "\n```php\n")) {
        $pages[] = (string) $file;
    }
}
echo implode(' ', array_map(fn (string $page): string => substr($page, strlen($docs) + 1), $pages)), "\n";
foreach ([dirname(__DIR__) . '/README.md', ...$pages] as $page) {
    preg_match_all('/^```(\w+)\n(.*?)^```$/ms', file_get_contents($page), $found, PREG_SET_ORDER);
    echo implode(' ', array_map(fn (array $block): string => $block[1], $found)), "\n";
    $blocks = [...$blocks, ...$found];
}
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
from/snippet.md
sh sh dockerfile php php php php yaml php php php php php php php php php php php php
python python js js php php
TEST-POLICY-12345 kasko:policy.created:f4c3bb85a01c7c4ef0951d68338629de0f53dcc9d2283d6fc358c317e7a4774d
policy.created
204
Symfony: policy.created
Laravel, by Hookseal\Http\Symfony: policy.created
Laravel's container: policy.created
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
claim.created clm_1
claim.created clm_1
