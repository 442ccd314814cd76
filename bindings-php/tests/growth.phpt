--TEST--
2,000,000 verifications, and no memory more
--EXTENSIONS--
hookseal
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') die('skip takes too long under valgrind');
if (!is_readable('/proc/self/statm')) die('skip needs /proc');
?>
--FILE--
<?php
$resident = fn (): int => (int) explode(' ', file_get_contents('/proc/self/statm'))[1] * 4096;
$body = '{"type":"claim.created","id":"e1","timestamp":"2026-03-01T12:30:45Z","data":{"list":[1,2.5,"a\u00e9",null,{"k":true}]}}';
$secrets = ['new', 'old'];
$headers = (new Hookseal\Webhook('claimport', 'old'))->sign($body);
$webhook = new Hookseal\Webhook('claimport', $secrets);
$use = function (int $count) use (&$webhook, $body, $headers, $secrets): void {
    for ($number = 0; $number < $count; $number++) {
        switch ($number & 7) {
            case 0:
                $event = $webhook->verify($body, $headers);
                $event->data; $event->createdAt; $event->dedupeKey; $event->body;
                break;
            case 1:
                try {
                    $webhook->verify($body, ['X-ClaimPort-Signature' => 'sha256=' . str_repeat('0', 64)]);
                } catch (Hookseal\SignatureMismatchException) {
                }
                break;
            case 2:
                if ($number % 1000 === 2) {
                    $webhook = new Hookseal\Webhook('claimport', $secrets);
                }
                // and on
            default:
                $webhook->verify($body, $headers)->data;
        }
    }
};
$php = $process = 0;
foreach ([100_000, 100_000, 2_000_000] as $count) {
    $use($count);
    [$php, $before, $process, $resided] = [memory_get_usage(), $php, $resident(), $process];
}
echo $php - $before, ' ', $process - $resided < 1 << 20 ? 'no growth' : $process - $resided, "\n";
?>
--EXPECT--
0 no growth
