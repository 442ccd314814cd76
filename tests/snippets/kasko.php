<?php
// KASKO's documented PHP code, https://docs.kasko.io/kasko-api-documentation/webhooks/webhooks: answers each body with
// its signature. Frames are as in tests/oracle/frames.cjs.
//
// The documentation goes on to compare with `if ($hash !== $sig_header)`, which takes longer the more of a forged
// signature is right: `hash_equals` is what belongs there.

function answer(string $payload): string
{
    // What the documentation has as "whsec_...".
    $endpoint_secret = "whsec_afc1d762482e2f113ecb38e6";
    // As documented.
    $hash = 'sha1=' . hash_hmac('sha1', $payload, $endpoint_secret);
    return $hash;
}

while (($length = fread(STDIN, 4)) !== false && $length !== '') {
    $length = unpack('N', $length)[1];
    $hash = answer($length > 0 ? stream_get_contents(STDIN, $length) : '');
    fwrite(STDOUT, pack('N', strlen($hash)) . $hash);
}
