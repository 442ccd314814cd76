--TEST--
Senders that ask whether an endpoint is the receiver's are answered as they document it
--EXTENSIONS--
hookseal
--FILE--
<?php
function answered(array $case): array
{
    $set = $case['options'] ?? [];
    $options = ['acceptUnsigned' => $set['accept_unsigned'] ?? false, 'constants' => $set['constants'] ?? null, 'tolerance' => $case['tolerance'] ?? null];
    $webhook = new Hookseal\Webhook($case['provider'], $case['secrets'], $options);
    try {
        $answer = $webhook->handshake($case['body'], $case['headers'], $case['request']['method'], $case['request']['url'] ?? null);
    } catch (Hookseal\Exception $exception) {
        return ['error' => $exception->errorCode];
    }
    return ['answer' => $answer === null ? null : ['content_type' => $answer->contentType, 'body' => $answer->body]];
}

$cases = json_decode(file_get_contents(dirname(__DIR__, 2) . '/tests/handshakes/cases.json'), true, 512, JSON_THROW_ON_ERROR)['cases'];
foreach ($cases as $case) {
    $found = answered($case);
    if ($found !== $case['expect']) {
        echo "{$case['name']}: ", json_encode($found), ', expected ', json_encode($case['expect']), "\n";
    }
}
echo count($cases), " cases\n";
?>
--EXPECT--
79 cases
