--TEST--
Running out of memory while data is built ends the script and nothing else
--EXTENSIONS--
hookseal
--INI--
memory_limit=24M
--SKIPIF--
<?php if (getenv('USE_ZEND_ALLOC') === '0') die('skip without Zend\'s allocator there is no memory limit'); ?>
--FILE--
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
--EXPECTF--
%AFatal error: Allowed memory size of %d bytes exhausted%s(tried to allocate %d bytes) in %s on line %d
t 60000
