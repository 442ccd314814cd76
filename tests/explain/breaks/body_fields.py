"""Bodies with a field more or less than what was signed."""


def add(book, sent, programs):
    contact, coverkit = sent["standard-webhooks"], sent["coverkit"]
    book.broken(
        "body/field-added-express",
        "Express: a middleware sets req.body.received_at, then JSON.stringify(req.body)",
        contact,
        "body_field_added",
        arrival=programs.express("/stamped", contact),
    )
    book.broken(
        "body/field-added-php",
        "PHP: json_encode(['source' => 'web'] + json_decode($raw, true)), of a sender that writes as PHP does",
        sent["kasko"],
        "body_field_added",
        arrival=programs.php("/sourced", sent["kasko"]),
    )
    book.broken(
        "body/null-dropped",
        "Flask: a model that drops None, as pydantic's exclude_none does",
        coverkit,
        "body_field_lost",
        proven=False,
        arrival=programs.flask("/without-none", coverkit),
    )
    book.broken(
        "body/fields-dropped-php",
        "PHP: a class that does not know all fields, written with JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE",
        coverkit,
        "body_field_lost",
        proven=False,
        arrival=programs.php("/known", coverkit),
    )
