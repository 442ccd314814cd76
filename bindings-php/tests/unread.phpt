--TEST--
What is not read costs no memory
--EXTENSIONS--
hookseal
--SKIPIF--
<?php if (getenv('USE_ZEND_ALLOC') === '0') die('skip without Zend\'s allocator there is no usage to tell'); ?>
--FILE--
<?php
$webhook = new Hookseal\Webhook('claimport', 'old');
$list = implode(',', range(1, 100000));
$large = "{\"type\":\"t\",\"data\":[$list]}";
$event = $webhook->verify($large, $webhook->sign($large));
$before = memory_get_usage();
echo $event->type, ' ', memory_get_usage() - $before < 1000 ? 'costs nothing' : 'costs', "\n";
echo count($event->data), ' ', memory_get_usage() - $before > 1000000 ? 'costs' : 'costs nothing', "\n";
echo $event->body === $large && memory_get_usage() - $before < 5000000 ? 'the body is shared' : 'copied', "\n";
?>
--EXPECT--
t costs nothing
100000 costs
the body is shared
