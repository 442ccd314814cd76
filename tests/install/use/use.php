<?php

// Verifies the sample delivery that the argument names, with the extension and the Composer package, and prints its
// event's type.

require 'vendor/autoload.php';

$sample = json_decode(file_get_contents($argv[1]), true, flags: JSON_THROW_ON_ERROR);
$webhook = new Hookseal\Webhook($sample['provider'], $sample['secrets']);
new Hookseal\Http\Receiver($webhook);
echo $webhook->verify($sample['body'], array_column($sample['headers'], 1, 0))->type, "\n";
