<?php

declare(strict_types=1);

namespace Hookseal\Inbox;

/**
 * How a PDO runs the inbox's statements.
 *
 * @internal
 */
final class Statements
{
    /** Returns whether a transaction is open; null if PDO does not know. */
    public static function inTransaction(\PDO $pdo): ?bool
    {
        // Of SQLite it knows those alone that it began itself, and not where SQLite has ended one.
        return self::isSqlite($pdo) ? null : $pdo->inTransaction();
    }

    /**
     * Lets PDO know that SQLite has ended its transaction by itself: it begins one, for `$rollBack` to end. Else PDO would begin
     * no other.
     */
    public static function settle(\PDO $pdo, callable $rollBack): void
    {
        if (!self::isSqlite($pdo) || !$pdo->inTransaction()) {
            return;
        }
        try {
            self::run($pdo, 'BEGIN', [], '', 'transaction');
        } catch (\PDOException) {
            // It is open, as PDO says.
            return;
        }
        $rollBack();
    }

    /** Wraps `$work`, so that what it throws is in `$first` where rolling back throws too. */
    public static function keeping(callable $work, ?\Throwable &$first): \Closure
    {
        return static function () use ($work, &$first): mixed {
            try {
                return $work();
            } catch (\Throwable $thrown) {
                $first = $thrown;
                throw $thrown;
            }
        };
    }

    private static function isSqlite(\PDO $pdo): bool
    {
        return $pdo->getAttribute(\PDO::ATTR_DRIVER_NAME) === 'sqlite';
    }

    /**
     * @param list<int|string|null> $parameters
     * @return list<list<bool|int|string|null>>|int
     */
    public static function run(\PDO $pdo, string $sql, #[\SensitiveParameter] array $parameters, string $types, string $kind): array|int
    {
        return self::throwing($pdo, static function () use ($pdo, $sql, $parameters, $types, $kind): array|int {
            if ($kind !== 'query' && $parameters === []) {
                return (int) $pdo->exec($sql);
            }
            $statement = $pdo->prepare($sql);
            foreach ($parameters as $index => $value) {
                $type = match (true) {
                    $value === null => \PDO::PARAM_NULL,
                    $types[$index] === 'i' => \PDO::PARAM_INT,
                    $types[$index] === 'b' => \PDO::PARAM_LOB,
                    default => \PDO::PARAM_STR,
                };
                $statement->bindValue($index + 1, $value, $type);
            }
            $statement->execute();
            return $kind === 'query' ? self::rows($statement->fetchAll(\PDO::FETCH_NUM)) : $statement->rowCount();
        });
    }

    /**
     * Reads what came as streams, as PostgreSQL's bytes do.
     *
     * @param list<list<mixed>> $rows
     * @return list<list<bool|int|string|null>>
     */
    public static function rows(#[\SensitiveParameter] array $rows): array
    {
        $read = static fn (mixed $value): mixed => is_resource($value) ? stream_get_contents($value) : $value;
        return array_map(static fn (array $row): array => array_map($read, $row), $rows);
    }

    /** @return array{?string, ?int}|null */
    public static function failure(#[\SensitiveParameter] \Throwable $thrown): ?array
    {
        if (!$thrown instanceof \PDOException) {
            return null;
        }
        $info = $thrown->errorInfo ?? [];
        $state = $info[0] ?? null;
        $code = $info[1] ?? null;
        return [is_string($state) ? $state : null, is_int($code) ? $code : null];
    }

    /**
     * Runs `$work` with errors thrown, whatever the connection is set to.
     *
     * @template T
     * @param callable(): T $work
     * @return T
     */
    public static function throwing(\PDO $pdo, callable $work): mixed
    {
        $mode = $pdo->getAttribute(\PDO::ATTR_ERRMODE);
        if ($mode === \PDO::ERRMODE_EXCEPTION) {
            return $work();
        }
        $pdo->setAttribute(\PDO::ATTR_ERRMODE, \PDO::ERRMODE_EXCEPTION);
        try {
            return $work();
        } finally {
            $pdo->setAttribute(\PDO::ATTR_ERRMODE, $mode);
        }
    }
}
