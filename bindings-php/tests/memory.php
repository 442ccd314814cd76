<?php
$webhook = new Hookseal\Webhook('claimport', 'secret');
$list = '{"type":"t","data":{"deep":[' . implode(',', array_fill(0, 60000, '{"key":["\u0061bcd"]}')) . ']}}';
$event = $webhook->verify($list, $webhook->sign($list));
register_shutdown_function(function () use (&$event) {
    ini_set('memory_limit', '256M');
    echo $event->type, ' ', count($event->data['deep']), "\n";
});
$event->data;
echo "built\n";
?>
