"""Bodies that are arrays, and were made something else."""

CAUSE = "body_array"


def add(book, sent, programs):
    def broken(name, how, delivery, arrive, finding=CAUSE, path=None):
        book.broken(f"body/array-{name}", how, sent[delivery], finding, arrival=arrive(path, sent[delivery]))

    broken("first", "Express: each event by itself, JSON.stringify(req.body[0])", "hubspot", programs.express, path="/first")
    broken("spread", "Express: JSON.stringify({ ...req.body }), which numbers the elements", "hubspot-two", programs.express, path="/spread")
    broken("lines", "Express: an event a line, as logs and queues have them", "hubspot-two", programs.express, path="/lines")
    broken("forced", "PHP: json_encode(…, JSON_FORCE_OBJECT)", "hubspot-two", programs.php, path="/forced")
    broken("object", "PHP: json_encode((object) array_filter($events))", "sendgrid", programs.php, path="/filtered-array")
    broken("printed", "Flask: str(request.json)", "hubspot-two", programs.flask, "body_placeholder", "/str")
