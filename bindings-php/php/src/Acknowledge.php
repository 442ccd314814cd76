<?php

declare(strict_types=1);

namespace Hookseal\Http;

use Hookseal\Event;

/** The authentic test events that get a 200 without reaching the handler. */
enum Acknowledge
{
    /**
     * Those that only check that the endpoint works, such as ClaimPort's `webhook.test`. Events about test data, such
     * as a policy of KASKO's test mode, reach the handler with `$event->test` true.
     */
    case Checks;

    /** Every event with `$event->test` true, so that the handler gets only live ones. */
    case Tests;

    /** No event: the handler gets all of them. */
    case None;

    /** @internal */
    public function covers(Event $event): bool
    {
        return match ($this) {
            self::Checks => $event->check,
            self::Tests => $event->test,
            self::None => false,
        };
    }
}
