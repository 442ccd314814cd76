--TEST--
Data is what json_decode gives
--EXTENSIONS--
hookseal
--FILE--
<?php
$webhook = new Hookseal\Webhook('kasko', 'whsec_x');
$compared = 0;
$compare = function (string $json) use ($webhook, &$compared): void {
    $data = $webhook->verify($json, $webhook->sign($json, 'x'))->data;
    $reference = json_decode($json, true, 512, JSON_THROW_ON_ERROR);
    // Tells floats from integers and -0.0 from 0.0, and minds the order.
    if (serialize($data) !== serialize($reference)) {
        echo $json, "\n", serialize($data), "\n", serialize($reference), "\n";
    }
    $compared++;
};

foreach ([
    '0', '-0', '1', '-1', '0.0', '-0.0', '1.0', '1e2', '1E+2', '1e-2', '5e-324', '1e308', '1e999', '-1e999', '0.1', '123456789.123456789',
    '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '18446744073709551615',
    '999999999999999999', '1000000000000000000', '-999999999999999999', '123456789012345678901234567890', '2.2250738585072014e-308',
    '1.7976931348623157e308', '9007199254740993', '9007199254740993.0', '0.30000000000000004', '1' . str_repeat('0', 400),
    'null', 'true', 'false', '""', '"a"', '"\u0000"', '"\u00e9\ud83d\ude00\\\\\/\b\f\n\r\t\""', '"é😀"', '[]', '{}', '[[]]', '[{}]',
    '[1,"2",null,true,[3]]', '{"":1}', '{"":{"":{"":[]}}}', '{"_empty_":1}', '{"0":1,"1":2}', '{"-1":1,"-0":2,"00":3,"01":4,"1.0":5," 1":6}',
    '{"9223372036854775807":1,"9223372036854775808":2,"-9223372036854775808":3,"-9223372036854775809":4}', '{"-":1,"\u002d":2,"\u002d5":3}',
    '{"a":1,"b":2,"a":3}', '{"1":1,"b":2,"\u0031":3}', '{"a":{"k":1},"a":2,"c":{"k":3}}', '{"\u0061":1,"a":2}', '{"a\u0000b":1}',
] as $value) {
    $compare("{\"value\":$value}");
}
$compare('{"nested":' . str_repeat('[', 127) . str_repeat(']', 127) . '}');
$compare(str_repeat('{"a":', 127) . '{}' . str_repeat('}', 127));

// Documents of all that, by chance but the same ones each time.
mt_srand(5);
$keys = ['a', 'b', 'key', 'a longer key than most', '', '0', '1', '-5', '007', 'é', '\u0061', '\u0031', 'x\ny', '\ud83d\ude00'];
$random = function (int $depth) use (&$random, $keys): string {
    $space = [' ', '', '', "\n\t"][mt_rand(0, 3)];
    switch (mt_rand(0, $depth > 0 ? 9 : 6)) {
        case 0: return ['null', 'true', 'false'][mt_rand(0, 2)] . $space;
        case 1: return $space . mt_rand(-1000, 1000);
        case 2: return mt_rand(0, 1) ? mt_rand() . '.' . mt_rand() : mt_rand(-9, 9) . 'e' . mt_rand(-330, 330);
        case 3: return '-' . mt_rand(1, 9) . mt_rand() . mt_rand();
        case 4: return '"' . $keys[array_rand($keys)] . '"';
        case 5: return '"' . str_repeat('text \u00e9 ', mt_rand(0, 5)) . '"';
        case 6: return '"' . str_repeat('z', mt_rand(0, 40)) . '"' . $space;
        case 7:
            $items = array_map(fn () => $random($depth - 1), array_fill(0, mt_rand(0, 6), 0));
            return '[' . $space . implode(',', $items) . ']';
        default:
            $members = array_map(fn () => '"' . $keys[array_rand($keys)] . '"' . $space . ':' . $random($depth - 1), array_fill(0, mt_rand(0, 12), 0));
            return '{' . $space . implode(',' . $space, $members) . '}';
    }
};
for ($count = 0; $count < 3000; $count++) {
    $compare('{"value":' . $random(4) . '}');
}
// Large enough for keys to be shared, with more of them than are remembered.
$rows = array_map(fn ($row) => '{' . implode(',', array_map(fn ($key) => "\"k$key\":$key", range($row, $row + 150))) . '}', range(0, 30));
$compare('{"value":[' . implode(',', $rows) . ']}');
echo "$compared compared\n";

// What json_decode refuses: a lone surrogate loses no event.
$json = '{"a":"x\ud800y","\udc00":1}';
echo json_encode($webhook->verify($json, $webhook->sign($json, 'x'))->data), "\n";
?>
--EXPECT--
3059 compared
{"a":"x\ufffdy","\ufffd":1}
