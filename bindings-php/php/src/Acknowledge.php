<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;

/** Which authentic test events are answered with 200 without reaching the handler. */
enum Acknowledge
{
    /**
     * Those that only ask whether the endpoint works, such as ClaimPort's `webhook.test`. Events about test data,
     * such as a policy of KASKO's test mode, reach the handler with `$event->test` true.
     */
    case Checks;

    /** Every event with `$event->test` true, so that a handler sees live ones alone. */
    case Tests;

    /** None: the handler gets every event. */
    case None;

    /** @internal */
    public function covers(Event $event): bool
    {
        return $event->test && match ($this) {
            self::Checks => $event->check,
            self::Tests => true,
            self::None => false,
        };
    }
}
