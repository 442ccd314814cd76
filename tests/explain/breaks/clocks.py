"""Timestamps of another unit, clocks that are wrong, deliveries that are old."""

from kit.delivery import NOW


def add(book, sent, programs):
    units(book, sent, programs)
    times(book, sent, programs)


def units(book, sent, programs):
    stripe, contact, coverkit, svix = (
        sent[name] for name in ("stripe", "standard-webhooks", "coverkit-stamped", "svix")
    )

    def broken(name, how, delivery, stamp):
        book.broken(
            f"clock/{name}",
            how,
            delivery,
            "timestamp_unit",
            genuine=False,
            now=NOW + 2,
            arrival=delivery.resigned(now=stamp),
        )

    milliseconds = programs.javascript(f"process.stdout.write(String(new Date({NOW}123).getTime()))").decode()
    broken("milliseconds-stripe", "a sender in Node: Date.now(), without / 1000", stripe, milliseconds)
    broken("milliseconds-coverkit", "a sender in Node: Date.now(), without / 1000", coverkit, milliseconds)
    broken("milliseconds-standard", "a sender in Node: Date.now(), without / 1000", contact, milliseconds)
    broken(
        "rfc3339-svix",
        "a sender in Node: new Date().toISOString()",
        svix,
        programs.javascript(f"process.stdout.write(new Date({NOW}123).toISOString())").decode(),
    )
    broken("decimals", "a sender in Python: str(time.time())", contact, f"{NOW}.2504318")


def times(book, sent, programs):
    stripe, contact, coverkit, svix = (
        sent[name] for name in ("stripe", "standard-webhooks", "coverkit-stamped", "svix")
    )

    def at(name, how, delivery, finding, seconds):
        book.broken(f"clock/{name}", how, delivery, finding, genuine=False, now=NOW + seconds)

    # datetime.utcnow().timestamp() takes UTC for local time.
    naive = programs.shell(
        'TZ=America/New_York python3 -c "from datetime import datetime, timezone; '
        f"print(int(datetime.fromtimestamp({NOW}, timezone.utc).replace(tzinfo=None).timestamp()), end='')\""
    )
    ahead = stripe.resigned(now=int(naive))
    book.broken(
        "clock/naive-utc",
        "a sender in New York: datetime.utcnow().timestamp(), four hours ahead",
        ahead,
        "clock_skewed",
        genuine=False,
        now=NOW + 1,
    )
    at(
        "receiver-behind",
        "the receiver is a virtual machine that slept: its clock is 20 minutes behind",
        contact,
        "clock_skewed",
        -1200,
    )
    at("receiver-behind-a-little", "the receiver's clock is six minutes behind", svix, "clock_skewed", -361)
    at(
        "receiver-in-1970",
        "the receiver is a device whose clock was never set",
        coverkit,
        "clock_skewed",
        -NOW + 86_400,
    )
    at("replayed", "recorded, and sent again three days later", stripe, "delivery_old", 259_207)
    at("queued", "verified by a worker that took it off its queue eleven minutes later", contact, "delivery_old", 660)
    at("fixture", "a test's fixture that was recorded a year ago", coverkit, "delivery_old", 31_557_600)
    at(
        "paused-in-a-debugger",
        "a break point before verifying, for five minutes and a second",
        svix,
        "delivery_old",
        301,
    )
