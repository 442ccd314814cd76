<?php

declare(strict_types=1);

namespace Hookseal\Inbox;

use Hookseal\Claimed;
use Hookseal\Inbox;
use Hookseal\InboxException;
use Psr\Log\LoggerInterface;

/**
 * Handles what an inbox holds, until it is told to stop:
 *
 *     $worker = new Worker($inbox, function (Claimed $claimed) use ($pdo): void { … });
 *     $worker->run();
 *
 * The handler runs in a transaction on the inbox's connection. What it writes there is committed together with the record that
 * the delivery is done, and rolled back if it throws: the delivery is then tried again. After the inbox's lease another worker
 * may take the delivery, and nothing of this one's is committed: a handler that may take longer calls `$inbox->extend($claimed)`
 * before. To handle several at once, run several processes.
 */
final class Worker
{
    /** After so many claims in a row that failed, a connection that cannot be made anew is given up. */
    private const PATIENCE = 5;

    /** @var \Closure(Claimed): void */
    private readonly \Closure $handler;
    private bool $stopped = false;

    /**
     * @param callable(Claimed): mixed $handler handles a delivery
     * @param float $idle how many seconds to wait before looking again when nothing is due
     * @param LoggerInterface|null $logger gets a line for each outcome, without a part of the payload; PHP's error log by
     *     default
     */
    public function __construct(
        private readonly Inbox $inbox,
        callable $handler,
        private readonly float $idle = 1.0,
        private readonly ?LoggerInterface $logger = null,
    ) {
        $this->handler = \Closure::fromCallable($handler);
    }

    /**
     * Handles deliveries until `stop` is called or the process gets SIGTERM or SIGINT; what is being handled then is handled
     * to its end. A database that cannot be reached is waited for, if the connection can be made anew.
     *
     * @throws InboxException the inbox is set up wrongly, or its connection is lost for good
     */
    public function run(): void
    {
        $this->stopped = false;
        $restore = $this->listen();
        try {
            for ($failed = 0; !$this->stopped;) {
                try {
                    $worked = $this->step();
                    $failed = 0;
                } catch (InboxException $exception) {
                    $failed = $this->lost($exception, $failed + 1);
                    $worked = false;
                }
                if (!$worked) {
                    $this->wait();
                }
            }
        } finally {
            $restore();
        }
    }

    /** Handles what is due, and returns how many that were: for a task that runs now and then. */
    public function drain(): int
    {
        $this->stopped = false;
        for ($count = 0; !$this->stopped && $this->step();) {
            $count++;
        }
        return $count;
    }

    /** Lets `run` and `drain` return once what is being handled is handled. */
    public function stop(): void
    {
        $this->stopped = true;
    }

    /** Handles one delivery, if one is due. */
    private function step(): bool
    {
        $claimed = $this->inbox->claim()[0] ?? null;
        if ($claimed === null) {
            return false;
        }
        try {
            $this->inbox->connection->transaction(function () use ($claimed): void {
                $this->inbox->savepoint($claimed);
                ($this->handler)($claimed);
                $this->inbox->complete($claimed);
            });
        } catch (\Throwable $thrown) {
            $this->failed($claimed, $thrown);
            return true;
        }
        $this->log('info', 'delivery {seq} of {source} is done: {type}, attempt {attempt}', $claimed);
        return true;
    }

    private function failed(Claimed $claimed, \Throwable $thrown): void
    {
        // Of an error of its own the class alone: a message may have a part of the payload.
        $why = $thrown instanceof InboxException ? $thrown->errorCode : $thrown::class;
        try {
            $wait = $this->inbox->release($claimed, $why);
        } catch (InboxException $exception) {
            // It is tried again when its lease ends, or another worker has it.
            $this->log('error', 'delivery {seq} of {source} failed: {type}, attempt {attempt}: {error}; it is not released: {code}', $claimed, ['error' => $why, 'code' => $exception->errorCode]);
            return;
        }
        $next = $wait === null ? 'it is dead' : sprintf('again in %.1f s', $wait);
        $this->log('error', 'delivery {seq} of {source} failed: {type}, attempt {attempt}: {error}; {next}', $claimed, ['error' => $why, 'next' => $next]);
    }

    /** Connects anew after a claim failed; returns how many failed in a row. */
    private function lost(InboxException $exception, int $failed): int
    {
        if ($exception->retryAfter === null) {
            throw $exception;
        }
        $this->log('error', 'nothing can be claimed: {message}', null, ['message' => $exception->getMessage()]);
        if (!$this->inbox->connection->reconnect() && $failed >= self::PATIENCE) {
            throw $exception;
        }
        return $failed;
    }

    /** Waits; a signal ends that early. */
    private function wait(): void
    {
        if (!$this->stopped) {
            usleep((int) ($this->idle * 1e6));
        }
    }

    /**
     * Listens to signals.
     *
     * @return callable(): void what undoes it
     */
    private function listen(): callable
    {
        if (!function_exists('pcntl_async_signals')) {
            return static function (): void {
            };
        }
        $were = array_map(pcntl_signal_get_handler(...), [SIGTERM => SIGTERM, SIGINT => SIGINT]);
        $was = pcntl_async_signals(true);
        foreach (array_keys($were) as $signal) {
            pcntl_signal($signal, $this->stop(...));
        }
        return static function () use ($were, $was): void {
            foreach ($were as $signal => $handler) {
                pcntl_signal($signal, $handler);
            }
            pcntl_async_signals($was);
        };
    }

    /** @param array<string, string> $more */
    private function log(string $level, string $message, ?Claimed $claimed, array $more = []): void
    {
        $context = $claimed === null ? $more : $more + [
            'seq' => $claimed->seq,
            'source' => $claimed->source,
            'type' => $claimed->event->type,
            'attempt' => $claimed->attempt,
        ];
        if ($this->logger !== null) {
            $this->logger->log($level, $message, $context);
            return;
        }
        $names = array_map(static fn (string $name): string => "{{$name}}", array_keys($context));
        error_log('hookseal: ' . strtr($message, array_combine($names, array_map(strval(...), $context))));
    }
}
