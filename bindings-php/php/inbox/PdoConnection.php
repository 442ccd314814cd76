<?php

declare(strict_types=1);

namespace Hookseal\Inbox;

use Hookseal\Connection;

/**
 * A connection of PDO's: SQLite, PostgreSQL, or MariaDB and MySQL.
 *
 *     $inbox = new Hookseal\Inbox(new PdoConnection($pdo), $webhook);
 *
 * How it reports errors, fetches and converts is as you set it; the inbox sets its own for its statements alone.
 */
final class PdoConnection implements Connection
{
    private ?\PDO $open;

    /**
     * @param \PDO|\Closure(): \PDO $pdo the connection, or what connects: when it is first used, and again after it was
     *     lost, which a worker needs that runs for long
     */
    public function __construct(private readonly \PDO|\Closure $pdo)
    {
        $this->open = $pdo instanceof \PDO ? $pdo : null;
    }

    /** Returns the connection, to write on what belongs to the inbox's transactions. */
    public function pdo(): \PDO
    {
        return $this->open ??= ($this->pdo)();
    }

    public function dialect(): string
    {
        return (string) $this->pdo()->getAttribute(\PDO::ATTR_DRIVER_NAME);
    }

    public function inTransaction(): ?bool
    {
        return Statements::inTransaction($this->pdo());
    }

    public function run(string $sql, #[\SensitiveParameter] array $parameters, string $types, string $kind): array|int
    {
        return Statements::run($this->pdo(), $sql, $parameters, $types, $kind);
    }

    public function failure(#[\SensitiveParameter] \Throwable $thrown): ?array
    {
        return Statements::failure($thrown);
    }

    public function transaction(callable $work): mixed
    {
        $pdo = $this->pdo();
        return Statements::throwing($pdo, static function () use ($pdo, $work): mixed {
            $pdo->beginTransaction();
            try {
                $result = $work();
                $pdo->commit();
                return $result;
            } catch (\Throwable $thrown) {
                // The database may have ended it by itself.
                Statements::settle($pdo, $pdo->rollBack(...));
                if ($pdo->inTransaction()) {
                    $pdo->rollBack();
                }
                throw $thrown;
            }
        });
    }

    public function reconnect(): bool
    {
        if ($this->pdo instanceof \PDO) {
            return false;
        }
        $this->open = null;
        return true;
    }
}
