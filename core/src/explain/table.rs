//! The table of all findings, in the order in which they are listed: what happened and how to fix
//! it. What differs from delivery to delivery is in a finding's evidence.

use super::code::finding_codes;

finding_codes! {
    HeadersStripped "headers_stripped" {
        what: "A header that the sender sends with every delivery is absent here, empty, or a word such as `undefined`.",
        fix: "Pass all of the request's headers, not only the signature's. If you do, let the proxy, gateway or CDN \
              in front of the handler pass these on too; allow-lists of headers are the usual cause. If no header \
              of the sender's is there, the request may not be a delivery at all.",
    }
    HeaderUnderscores "header_underscores" {
        what: "The headers' names are written with underscores, as CGI, WSGI and some proxies write them.",
        fix: "Pass the names with hyphens, or the environment as it is (`HTTP_` and upper case: PHP's $_SERVER, a WSGI \
              environ). nginx drops names with underscores unless `underscores_in_headers on` is set: do not rename \
              headers on the way.",
    }
    HeaderJoined "header_joined" {
        what: "A header arrived more than once: two proxies or frameworks each added it, and the values were joined or \
               contradict each other.",
        fix: "Find what adds the header a second time (a proxy that copies headers, a gateway mapping, a client that \
              retries with the old headers) and let it set the header, not append to it.",
    }
    SignatureHeader "signature_header" {
        what: "A header of the sender has another name here.",
        fix: "Pass it under the name that the sender gives it: look for a mapping of headers in the gateway (API \
              Gateway renames some to `x-amzn-remapped-…`) or proxy. If the sender really uses that name, put it \
              into a scheme of your own.",
    }
    SignatureDecorated "signature_decorated" {
        what: "A header's value has something round it that the sender did not write: quotes, white space, brackets, \
               percent-encoding, or a word such as `Bearer`; or its `+` became spaces.",
        fix: "Pass the header's value as it came. It was probably turned into text with a language's own notation \
              (repr, JSON, a URL) on its way to here.",
    }
    SignaturePrefix "signature_prefix" {
        what: "The signature is the right one, but the text before it is not the scheme's prefix.",
        fix: "Pass the header's whole value: do not cut `sha256=` or the like off before verifying, and do not add \
              it. If the sender writes it this way, give a scheme of your own with that `prefix`.",
    }
    SignatureEncoding "signature_encoding" {
        what: "The signature is the right one, written in another encoding than the scheme's.",
        fix: "Pass the header's value as it came. If the sender writes it this way, give a scheme of your own with \
              that `encoding`; if the sender is yours, let it write what the scheme says (`hexdigest()` or \
              `digest('hex')`, against base64 of the digest's bytes).",
    }
    SignatureTruncated "signature_truncated" {
        what: "The signature was cut: its beginning is right, the rest is missing.",
        fix: "Find what shortens the value: a column that is too narrow, a limit on headers in a proxy, a log that it \
              was copied from.",
    }
    SignatureAlgorithm "signature_algorithm" {
        what: "The signature was made with another hash than the scheme's.",
        fix: "Let the sender use the scheme's algorithm, or take the header that holds it (some senders send an old and \
              a new one). If the sender's documentation names this one, give a scheme of your own with that \
              `algorithm`.",
    }
    SignedContent "signed_content" {
        what: "The sender signs other content than the scheme says: other parts, or the same parts joined in another way.",
        fix: "Give a scheme of your own with the `content` that matched; if the sender is yours, let it sign what the \
              scheme says.",
    }
    OtherProvider "other_provider" {
        what: "This is a delivery of another provider's scheme.",
        fix: "Build the webhook for that provider, or give each provider a URL of its own: one endpoint seems to \
              receive both.",
    }
    UrlRewritten "url_rewritten" {
        what: "The sender signed another URL than the one here: a proxy or a framework changed its scheme, host, port, path \
               or query, or the URL stands otherwise in the sender's settings.",
        fix: "Verify with the URL that the sender calls, as it stands in the sender's settings. Set the webhook's `origin` \
              (`https://hooks.example.com`), so that of a request only the path and the query count, and take these as \
              they came: req.originalUrl in Express, request.get_full_path() in Django, $_SERVER['REQUEST_URI'] in PHP. \
              Where a constant is the URL, copy it letter by letter, with its last slash or without.",
    }
    SecretUnusable "secret_unusable" {
        what: "The secret cannot be one: it is empty, blank, or not in the encoding that the scheme has.",
        fix: "Check that the variable or file it is read from is set where the program runs (the shell's environment \
              is not the service's), and copy the secret again from the provider's settings.",
    }
    SecretTruncated "secret_truncated" {
        what: "The secret ends before it is complete.",
        fix: "Quote it where a shell reads it: a `|` that is not quoted begins another command, and in double quotes `$` begins \
              a variable (`SECRET='…'`). Compare the length of the secret that the program has.",
    }
    SecretPlaceholder "secret_placeholder" {
        what: "The secret is a placeholder: a variable that was never filled in, or what a language prints for a missing \
               value.",
        fix: "Set the variable, and see that something expands it: single quotes in a shell, .env files and YAML keep \
              `$NAME` as it is, and a missing variable becomes `undefined` or `None` when it is turned into text.",
    }
    SecretOtherWebhook "secret_other_webhook" {
        what: "The delivery is signed with another webhook's secret.",
        fix: "Use the secret of the endpoint that the delivery is for: each endpoint in the provider's settings has its \
              own. Where several share a URL, give all of their secrets.",
    }
    SecretTestMode "secret_test_mode" {
        what: "The secret is of the other mode: test deliveries and live ones are signed with different secrets.",
        fix: "Use the test mode's secret for test deliveries and the live one for the others; give both where one \
              endpoint receives both.",
    }
    SecretIsApiKey "secret_is_api_key" {
        what: "The secret looks like another kind of credential than the one that this sender signs with.",
        fix: "Use the one that the provider's documentation names for signatures: mostly the endpoint's signing secret from \
              the webhook settings, with some providers the API key itself.",
    }
    SecretKeyKind "secret_key_kind" {
        what: "The key is of another kind than this sender's signatures need: a public key in place of a shared secret, a \
               shared secret in place of a public key, a private key, or a key of another algorithm.",
        fix: "Senders that show a signing secret sign with HMAC: pass that. Those that show a public key keep the private \
              one for themselves: pass the public one as they show it, PEM and JSON with all their lines.",
    }
    SecretKeyForm "secret_key_form" {
        what: "The public key is the right one, written in a way in which keys are not read.",
        fix: "Pass it as PEM with its lines, as base64 of its DER, as one JSON Web Key, or as the bytes alone in hexadecimal or \
              base64 where the sender shows these. A variable of the environment keeps line breaks in double quotes; out \
              of a key set take the one key, unless the sender names keys by an id.",
    }
    SecretWhitespace "secret_whitespace" {
        what: "The secret differs in white space or invisible characters from the one that the sender signs with.",
        fix: "Write and read it without: `printf %s \"$SECRET\"` where `echo` adds a line break (or `echo -n`), \
              `.strip()`, `.trim()` or `trim()` after reading a file, and no `\\n` when it goes into a secret \
              manager. If it is the sender whose secret has it, set the secret there again.",
    }
    SecretQuoted "secret_quoted" {
        what: "The secret is in quotes that do not belong to it, or lacks quotes that do.",
        fix: "Take the quotes off: `docker --env-file`, Kubernetes and systemd keep those that a shell would remove.",
    }
    SecretWrapped "secret_wrapped" {
        what: "The secret is inside something else: a line of a .env file, the JSON of a secret manager, or a list of several.",
        fix: "Pass the secret alone: what is after `NAME=`, or the one field of the JSON that the secret manager gives.",
    }
    SecretPrefix "secret_prefix" {
        what: "The secret lacks its prefix, has it twice, or has one that the sender's does not.",
        fix: "Copy the secret whole and once, with what stands before the `_` or `|`: it belongs to the key where the \
              scheme uses secrets as they are.",
    }
    SecretCharset "secret_charset" {
        what: "The secret was read from a file that is not UTF-8.",
        fix: "Write the file as UTF-8 without a byte order mark: in Windows PowerShell `>` writes UTF-16, and \
              `Set-Content -Encoding ascii -NoNewline` does not.",
    }
    SecretEncoding "secret_encoding" {
        what: "The secret is decoded where the sender uses it as it is, or the other way round.",
        fix: "Pass the secret as the provider shows it; the scheme says whether it is decoded. Kubernetes shows \
              secrets in base64 (`kubectl get secret`), which must be undone, and those in URLs are percent-encoded.",
    }
    SecretCase "secret_case" {
        what: "The secret's letters have another case than the sender's.",
        fix: "Pass it exactly as the provider shows it: something lower-cased or upper-cased it.",
    }
    SecretMistyped "secret_mistyped" {
        what: "One character of the secret is another one that looks like it, such as 0 and O, or 1, l and I.",
        fix: "Copy the secret instead of typing it, or in a font that tells them apart.",
    }
    BodyEmpty "body_empty" {
        what: "The body is empty here: something read it first.",
        fix: "Read the raw body before anything else does, or ask the framework to keep it: express.raw() before any \
              other parser, request.get_data() before request.form in Flask, await request.body() in FastAPI, \
              php://input where it was not consumed, request.body.rewind in Rack. Redirects drop bodies too.",
    }
    BodyReserialised "body_reserialised" {
        what: "The body was parsed and written again: the values are the same, the bytes are not.",
        fix: "Verify the raw bytes, before anything parses them: express.raw({ type: '*/*' }) instead of \
              express.json(), await request.text() in Next.js, request.get_data() in Flask, await request.body() in \
              FastAPI, request.body in Django, file_get_contents('php://input') in PHP, $request->getContent() in \
              Laravel and Symfony, event.body in Lambda.",
    }
    BodyArray "body_array" {
        what: "The body is an array where the sender signed it, and something else here: one element of it, an object with \
               numbers for its keys, or its elements in lines.",
        fix: "Verify the whole body before its elements are taken apart, as bytes: not each event in a loop, not \
              { ...req.body }, and no step of an automation tool that makes an item of each element.",
    }
    BodyBom "body_bom" {
        what: "A byte order mark was added at the body's beginning, or lost from it.",
        fix: "Pass the bytes as they came; decoding them as `utf-8-sig` or through a text reader takes the mark off, \
              and some editors and writers put one there.",
    }
    BodyLineEndings "body_line_endings" {
        what: "The body's line breaks were changed.",
        fix: "Read and keep the body as binary: text mode, git's autocrlf and editors change line breaks, and \
              `curl -d @file` takes them out (use --data-binary).",
    }
    BodyFinalNewline "body_final_newline" {
        what: "White space at the body's beginning or end was added or lost, such as a last line break.",
        fix: "Pass the bytes as they came: no trim() or strip(), no `echo` or $(…) on the way, and no editor that ends \
              files with a line break.",
    }
    BodyCharset "body_charset" {
        what: "The body was decoded as one charset and encoded as another.",
        fix: "Pass the bytes, not a text. Where there must be a text, say UTF-8 on both ways: frameworks take Latin-1 \
              when the Content-Type names no charset, and Windows takes its code page or UTF-16.",
    }
    BodyNormalised "body_normalised" {
        what: "The body's characters were composed or taken apart (Unicode NFC and NFD).",
        fix: "Pass the bytes as they came: macOS, some databases and `normalize()` change how accents are written.",
    }
    BodyBase64 "body_base64" {
        what: "The body is base64 here, or was where the sender signed it.",
        fix: "Decode it before verifying: on AWS Lambda look at `isBase64Encoded`, as API Gateway and load balancers \
              encode what they take for binary.",
    }
    BodyCompressed "body_compressed" {
        what: "The body is still compressed, or was read as text while it was.",
        fix: "Undo the Content-Encoding before verifying: let the server or framework inflate request bodies, or \
              inflate it yourself, with a limit.",
    }
    BodyFormEncoded "body_form_encoded" {
        what: "The body is a form (application/x-www-form-urlencoded), or was one where the sender signed it.",
        fix: "Set the webhook's content type to application/json in the provider's settings. Otherwise verify the raw \
              form as it came, and read the field afterwards; `curl -d` sends a form unless a Content-Type is given.",
    }
    BodyUrlEncoded "body_url_encoded" {
        what: "The body is percent-encoded, or was decoded as if it were: its `+` became spaces.",
        fix: "Pass the bytes as they came: something built a URL or a form of them.",
    }
    BodyJsonString "body_json_string" {
        what: "The body is JSON inside a JSON string: it was encoded once more or once less than by the sender.",
        fix: "Do not encode what is JSON already: JSON.stringify or json.dumps was applied to the text of the body.",
    }
    BodyEscaped "body_escaped" {
        what: "The body's quotes were escaped, as input filters and templates do it.",
        fix: "Take the body before the filter: no htmlspecialchars, addslashes or template on the way; WordPress adds \
              slashes to what it has parsed, php://input is as it came.",
    }
    BodyPlaceholder "body_placeholder" {
        what: "This is not the body, but what a language prints for an object that holds it.",
        fix: "Pass the bytes themselves: no str() or String() of a parsed body, no JSON.stringify of a Buffer.",
    }
    BodyWrapped "body_wrapped" {
        what: "The body is inside something else: a Lambda event, a queue's message, an automation tool's item, a whole \
               request, or a field of another document.",
        fix: "Pass the inner body alone, as text, exactly as it is there: event.body, the message's body.",
    }
    BodyFieldAdded "body_field_added" {
        what: "A field was added to the body, or the sender signed it without one.",
        fix: "Verify before a middleware or a gateway writes into the body, and verify the raw bytes: what is added later is \
              not signed.",
    }
    BodyFieldLost "body_field_lost" {
        what: "The body is shorter than what was sent, in any style of writing it: fields were dropped.",
        fix: "Verify the raw bytes, not an object that was read into a class and written again: that drops fields that it \
              does not know, and null values if the serialiser is configured so.",
    }
    BodyTruncated "body_truncated" {
        what: "The body ends before it is complete.",
        fix: "Read the request to its end, whatever size the chunks have, and raise the limit that cut it off: of the \
              framework, the proxy, or the column that it was stored in.",
    }
    BodyLength "body_length" {
        what: "The body is not as long as the request says.",
        fix: "Something changed the body after it came in: take it as early as the framework allows, as bytes.",
    }
    PayloadInvalid "payload_invalid" {
        what: "The signature is right. The payload is not what the scheme says.",
        fix: "The delivery is authentic: check whether another kind of webhook is sent to this URL too, or whether the \
              sender's documentation has another format, which a scheme of your own can describe.",
    }
    TimestampUnit "timestamp_unit" {
        what: "The timestamp is written in another unit than the scheme's.",
        fix: "If the sender is yours, let it write what the scheme says: in JavaScript Math.floor(Date.now() / 1000) \
              for seconds. Otherwise give a scheme of your own with that `unit`.",
    }
    ClockSkewed "clock_skewed" {
        what: "The signature is right, and its timestamp is in the future: this machine's clock is behind, or the \
               sender's ahead.",
        fix: "Compare the clock with another one (`chronyc tracking`, `timedatectl`): virtual machines and containers \
              that were suspended lag behind. Do not raise the tolerance for it.",
    }
    DeliveryOld "delivery_old" {
        what: "The signature is right, and its timestamp is too old.",
        fix: "It was replayed, retried with its old headers, or waited in a queue; if every delivery is too old, this \
              machine's clock is ahead. Verify when a delivery arrives, before it is queued; where that cannot be, \
              raise the tolerance and deduplicate.",
    }
}

/// Fixes for one kind of a cause, where the code's own fix would say too much.
pub(super) mod fixes {
    pub(in crate::explain) const SECRET_LINE: &str = "Take off what is after the secret: an environment file of Docker's, of systemd or of a platform has no comments \
         after a value, and no `;` or `,`.";
    pub(in crate::explain) const SECRET_LIST: &str = "Give each secret by itself, as a list of the language at hand: a webhook takes several, but does not take them \
         apart. Split the variable where it is read.";
    pub(in crate::explain) const SECRET_PREFIX_OFF: &str = "Take off what the sender's own secret does not begin with: a version such as `v1,`, \
         another sender's `whsec_`, or what a template wrote a second time.";
    pub(in crate::explain) const SECRET_AS_TEXT: &str = "This sender takes the characters of its secret for the key. Give the base64 of the secret as it is shown \
         (`printf %s \"$SECRET\" | base64`; its hexadecimal digits where the scheme has these), or a scheme of your own \
         with key.encoding = \"utf8\".";
    pub(in crate::explain) const SECRET_DECODED: &str = "This sender decodes its secret before it signs. Give a scheme of your own with that key.encoding (\"base64\" or \
         \"hex\"), or let the sender use the secret as it is, if it is yours.";
}

/// The conclusion where nothing was found.
pub(super) const NO_CAUSE: &str = "No cause was found: the secret may be another one than the sender's, or the delivery is forged.";

/// The next steps where nothing was found.
pub(super) const NEXT_STEPS: [&str; 3] = [
    "compare the secret's beginning, end and length with the sender's settings, or make a new one there",
    "have the sender send a test delivery",
    "check whether other deliveries verify: then the secret is right",
];

/// What to give next, where other secrets were given already.
pub(super) const GIVE_A_REQUEST: &str = "a delivery as it comes in from outside, before your application and what is in \
     front of it: let the sender send one to `hookseal listen`, which explains it by itself";
