<?php

declare(strict_types=1);

namespace Hookseal\Inbox;

use Hookseal\Connection;

/**
 * A connection of Laravel's database, whose transactions are `DB::transaction`:
 *
 *     $inbox = new Hookseal\Inbox(new LaravelConnection(DB::connection()), $webhook);
 */
final class LaravelConnection implements Connection
{
    public function __construct(private readonly \Illuminate\Database\Connection $connection)
    {
    }

    public function dialect(): string
    {
        return (string) $this->connection->getPdo()->getAttribute(\PDO::ATTR_DRIVER_NAME);
    }

    public function inTransaction(): ?bool
    {
        return Statements::inTransaction($this->connection->getPdo());
    }

    // By PDO: an exception of Laravel's has the values in its message.
    public function run(string $sql, #[\SensitiveParameter] array $parameters, string $types, string $kind): array|int
    {
        return Statements::run($this->connection->getPdo(), $sql, $parameters, $types, $kind);
    }

    public function failure(#[\SensitiveParameter] \Throwable $thrown): ?array
    {
        return Statements::failure($thrown);
    }

    public function transaction(callable $work): mixed
    {
        $first = null;
        $level = $this->connection->transactionLevel();
        try {
            return $this->connection->transaction(Statements::keeping($work, $first));
        } catch (\Throwable $thrown) {
            $pdo = $this->connection->getPdo();
            Statements::settle($pdo, fn () => $this->connection->transactionLevel() > $level ? $this->connection->rollBack($level) : $pdo->rollBack());
            throw $first ?? $thrown;
        }
    }

    public function reconnect(): bool
    {
        $this->connection->disconnect();
        return true;
    }
}
