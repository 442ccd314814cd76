--TEST--
Symfony's requests, and Laravel's
--EXTENSIONS--
hookseal
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'Symfony/Component/HttpFoundation/autoload.php';
require_once 'Illuminate/Http/autoload.php';
use Hookseal\Event;
use Hookseal\Http\{Receiver, Symfony};
use Symfony\Component\HttpFoundation\{Request, Response};

ini_set('error_log', '/dev/null');
$webhook = new Hookseal\Webhook('claimport', 'secret');
$adapter = new Symfony(new Receiver($webhook, maxBody: 100));
foreach ([Request::class, Illuminate\Http\Request::class] as $class) {
    echo "$class\n";
    foreach (deliveries($webhook, 100) as $name => [$body, $headers]) {
        $request = $class::create('/hook', 'POST', content: $body);
        $request->headers->add($headers);
        $event = $adapter->receive($request);
        echo "$name: ", $event instanceof Event ? "event $event->type" : "{$event->getStatusCode()} {$event->headers->get('Content-Type')} {$event->getContent()}", "\n";
        $response = $adapter->handle($request, fn (Request $request) => new Response($request->attributes->get(Event::class)->type, 201));
        if ($response->getStatusCode() !== ($event instanceof Event ? 201 : $event->getStatusCode())) {
            echo "another answer as middleware\n";
        }
    }
    $request = $class::create('/hook', 'POST', content: '{}');
    $request->headers->set('Content-Length', '101');
    echo 'announced: ', $adapter->receive($request)->getStatusCode(), "\n";
    $given = $webhook->verify('{"type":"t"}', Request::create('/', 'POST', server: ['HTTP_X_CLAIMPORT_SIGNATURE' => $webhook->sign('{"type":"t"}')['X-ClaimPort-Signature']])->headers->all());
    echo $given->type, "\n";
}
?>
--EXPECT--
Symfony\Component\HttpFoundation\Request
genuine: event claim.created
forged: 401 application/json {"error":"signature_mismatch"}
unsigned: 401 application/json {"error":"missing_header"}
malformed: 401 application/json {"error":"malformed_header"}
no JSON: 400 application/json {"error":"invalid_payload"}
endpoint check: 200 application/json {"acknowledged":true}
just fits: event t
too large: 413 application/json {"error":"body_too_large"}
announced: 413
t
Illuminate\Http\Request
genuine: event claim.created
forged: 401 application/json {"error":"signature_mismatch"}
unsigned: 401 application/json {"error":"missing_header"}
malformed: 401 application/json {"error":"malformed_header"}
no JSON: 400 application/json {"error":"invalid_payload"}
endpoint check: 200 application/json {"acknowledged":true}
just fits: event t
too large: 413 application/json {"error":"body_too_large"}
announced: 413
t
