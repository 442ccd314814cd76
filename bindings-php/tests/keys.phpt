--TEST--
Keys are shared by a webhook's events, and nobody sees it
--EXTENSIONS--
hookseal
--FILE--
<?php
$webhook = new Hookseal\Webhook('kasko', 'secret');
$compared = 0;
$compare = function (array $data) use ($webhook, &$compared): void {
    $json = json_encode($data, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_FORCE_OBJECT);
    $event = $webhook->verify($json, $webhook->sign($json, 'x'));
    if (serialize($event->data) !== serialize(json_decode($json, true))) {
        echo $json, "\n";
    }
    $compared++;
};

// Of every length, alike at their ends, alike but for one byte anywhere, and more than are remembered.
$text = str_repeat('abcdefghij', 20);
foreach (['', 'x', "\0", 'é'] as $change) {
    for ($len = 0; $len < 150; $len++) {
        $changed = array_map(fn ($at) => substr_replace(substr($text, 0, $len), $change, $at, 1), range(0, $len));
        $compare(array_flip($changed));
        $compare(array_fill(0, 3, [substr($text, 0, $len) => $changed]));
    }
}
for ($round = 0; $round < 3; $round++) {
    $compare(array_flip(array_map(fn ($number) => "key $number", range(1, 5000))));
}
// PHP's hash of these is one and the same.
$pieces = ['Ez', 'FY'];
$same = array_map(fn ($number) => strtr(sprintf('%08b', $number), $pieces), range(0, 255));
for ($round = 0; $round < 3; $round++) {
    $compare(array_flip($same));
}
$twice = '{"' . implode('":1,"', [...$same, ...array_reverse($same)]) . '":2}';
$data = $webhook->verify($twice, $webhook->sign($twice, 'x'))->data;
echo count($data), ' ', array_sum($data), ' ', key($data), "\n";
echo "$compared compared\n";

// What is done with one event's keys is not seen in another's.
$json = '{"number":1,"names":{"first":"A","last":"B"}}';
$take = fn () => $webhook->verify($json, $webhook->sign($json, 'x'))->data;
$data = $take();
foreach ($data as $key => $value) {
    $key[0] = 'X';
    $key .= 'changed';
}
$keys = array_keys($data['names']);
$keys[0][0] = 'X';
$keys[1] .= 'changed';
unset($data['names']['first'], $data['number']);
$data['names']['last'] = [&$data];
echo json_encode($take()), "\n";

// An event has what it needs when its webhook is gone.
$make = fn () => (new Hookseal\Webhook('kasko', 'secret'))->verify($json, $webhook->sign($json, 'x'));
[$first, $second] = [$make(), $make()];
unset($webhook, $take);
gc_collect_cycles();
echo json_encode($first->data), "\n";
unset($first);
echo json_encode($second->data), "\n";
?>
--EXPECT--
256 257 EzEzEzEzEzEzEzEz
1206 compared
{"number":1,"names":{"first":"A","last":"B"}}
{"number":1,"names":{"first":"A","last":"B"}}
{"number":1,"names":{"first":"A","last":"B"}}
