--TEST--
Nothing but a string is a body
--EXTENSIONS--
hookseal
--FILE--
<?php
$webhook = new Hookseal\Webhook('claimport', 'whsec_cp');
class Text { function __toString(): string { return '{}'; } }
foreach ([['type' => 'x'], new stdClass(), new Text(), null, false, 5, 1.5, fopen('php://memory', 'r')] as $body) {
    foreach (['verify', 'sign'] as $method) {
        try {
            $method === 'verify' ? $webhook->verify($body, 'sha256=00') : $webhook->sign($body);
            echo "no error\n";
        } catch (TypeError $error) {
            echo get_debug_type($body), " $method: ", str_contains($error->getMessage(), "file_get_contents('php://input')") ? 'names the fix' : $error->getMessage(), "\n";
        }
    }
}
$reference = '{"type":"t","data":[]}';
$body = &$reference;
echo $webhook->verify($body, $webhook->sign($body))->type, "\n";
$event = $webhook->verify($body, $webhook->sign($body));
$body .= ' changed';
echo $event->body, "\n";
?>
--EXPECT--
array verify: names the fix
array sign: names the fix
stdClass verify: names the fix
stdClass sign: names the fix
Text verify: names the fix
Text sign: names the fix
null verify: names the fix
null sign: names the fix
bool verify: names the fix
bool sign: names the fix
int verify: names the fix
int sign: names the fix
float verify: names the fix
float sign: names the fix
resource (stream) verify: names the fix
resource (stream) sign: names the fix
t
{"type":"t","data":[]}
