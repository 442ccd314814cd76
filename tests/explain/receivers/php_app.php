<?php
// Scripts that verify something else than what came in, for PHP's own server.
declare(strict_types=1);

/** @return list<array{string, string}> What `$_SERVER` has of the request. */
function environment(): array
{
    $pairs = [];
    foreach ($_SERVER as $name => $value) {
        if (str_starts_with($name, 'HTTP_') || str_starts_with($name, 'CONTENT_')) {
            $pairs[] = [$name, (string) $value];
        }
    }
    return $pairs;
}

/** @return list<array{string, string}> */
function all(): array
{
    $pairs = [];
    foreach (getallheaders() as $name => $value) {
        $pairs[] = [(string) $name, $value];
    }
    return $pairs;
}

$raw = file_get_contents('php://input');
$path = $_SERVER['REQUEST_URI'];
$body = match ($path) {
    '/raw', '/headers' => $raw,
    // Parsed, and written again.
    '/encode' => json_encode(json_decode($raw)),
    '/encode-assoc' => json_encode(json_decode($raw, true)),
    '/encode-plain' => json_encode(json_decode($raw, true), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE),
    '/encode-pretty' => json_encode(json_decode($raw), JSON_PRETTY_PRINT),
    // With a field more, and with those alone that a class knows.
    '/sourced' => json_encode(['source' => 'web'] + json_decode($raw, true)),
    '/known' => json_encode(
        array_diff_key(json_decode($raw, true), ['createdAt' => true]),
        JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    ),
    '/urldecode' => urldecode($raw),
    // What PHP prints for an array.
    '/string' => @(string) json_decode($raw, true),
    // Escaped.
    '/html' => htmlspecialchars($raw),
    '/filtered' => filter_var($raw, FILTER_SANITIZE_SPECIAL_CHARS),
    '/slashes' => addslashes($raw),
    // Taken away, with no way back.
    '/strip-tags' => strip_tags($raw),
    '/stripslashes' => stripslashes($raw),
    '/latin1' => iconv('ISO-8859-1', 'UTF-8', $raw),
    // Not the request's body.
    '/stdin' => file_get_contents('php://stdin'),
    '/form-json' => json_encode($_POST),
    // An array that became an object, as each has numbers for its keys.
    '/forced' => json_encode(json_decode($raw, true), JSON_FORCE_OBJECT),
    '/filtered-array' => json_encode((object) array_filter(json_decode($raw))),
    '/form-payload' => $_POST['payload'],
};
$headers = $path === '/headers' ? all() : environment();
header('Content-Type: application/json');
echo json_encode(['body' => base64_encode($body), 'headers' => $headers], JSON_THROW_ON_ERROR);
