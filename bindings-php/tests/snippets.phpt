--TEST--
KASKO's own PHP code and the extension agree about every body
--EXTENSIONS--
hookseal
--FILE--
<?php
$snippet = dirname(__DIR__, 2) . '/tests/snippets/kasko.php';
$process = proc_open([PHP_BINARY, '-n', $snippet], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
$documented = function (string $body) use ($pipes): string {
    fwrite($pipes[0], pack('N', strlen($body)) . $body);
    return stream_get_contents($pipes[1], unpack('N', stream_get_contents($pipes[1], 4))[1]);
};
$webhook = new Hookseal\Webhook('kasko', 'whsec_afc1d762482e2f113ecb38e6');

$bodies = ['{}', '{"a":"é\u00e9"}', '{ "big": 123456789012345678901234567890 }', '{"s":"\ud800"}', '{"text":"' . str_repeat('é', 40000) . '"}'];
foreach (glob(dirname(__DIR__, 2) . '/core/providers/kasko/samples/*.json') as $file) {
    $bodies[] = json_decode(file_get_contents($file))->body;
}
mt_srand(1);
for ($count = 0; $count < 500; $count++) {
    $bodies[] = json_encode([bin2hex(random_bytes(mt_rand(1, 50))) => mt_rand(), 'n' => mt_rand() / 7]);
}
$agreed = 0;
foreach ($bodies as $body) {
    $signature = $documented($body);
    $headers = ['HTTP_X_KASKO_SIGNATURE' => $signature, 'HTTP_X_KASKO_EVENT' => 'offer.created'];
    $event = $webhook->verify($body, $headers);
    $agreed += $event->body === $body && $webhook->sign($body, 'x')['X-KASKO-Signature'] === $signature;
    try {
        $webhook->verify("$body ", $headers);
        echo "verified another body\n";
    } catch (Hookseal\SignatureMismatchException) {
    }
}
echo "$agreed agreed\n";
fclose($pipes[0]);
echo proc_close($process), "\n";
?>
--EXPECT--
509 agreed
0
