<?php

declare(strict_types=1);

namespace Hookseal\Inbox;

use Doctrine\DBAL\ParameterType;
use Hookseal\Connection;

/**
 * A connection of Doctrine's DBAL, 3.3 or later:
 *
 *     $inbox = new Hookseal\Inbox(new DoctrineConnection($entityManager->getConnection()), $webhook);
 */
final class DoctrineConnection implements Connection
{
    public function __construct(private readonly \Doctrine\DBAL\Connection $connection)
    {
    }

    public function dialect(): string
    {
        $platform = $this->connection->getDatabasePlatform();
        return match (true) {
            $platform instanceof \Doctrine\DBAL\Platforms\SqlitePlatform => 'sqlite',
            $platform instanceof \Doctrine\DBAL\Platforms\PostgreSQLPlatform => 'postgresql',
            $platform instanceof \Doctrine\DBAL\Platforms\AbstractMySQLPlatform => 'mysql',
            default => $platform::class,
        };
    }

    public function inTransaction(): ?bool
    {
        $native = $this->connection->getNativeConnection();
        if ($native instanceof \PDO) {
            return Statements::inTransaction($native);
        }
        // Of those that were begun otherwise it does not know.
        return $this->connection->isTransactionActive() ? true : null;
    }

    public function run(string $sql, #[\SensitiveParameter] array $parameters, string $types, string $kind): array|int
    {
        if ($kind !== 'query') {
            return (int) $this->connection->executeStatement($sql, $parameters, self::types($types));
        }
        return Statements::rows($this->connection->executeQuery($sql, $parameters, self::types($types))->fetchAllNumeric());
    }

    public function failure(#[\SensitiveParameter] \Throwable $thrown): ?array
    {
        if ($thrown instanceof \Doctrine\DBAL\Driver\Exception) {
            return [$thrown->getSQLState(), $thrown->getCode()];
        }
        return $thrown instanceof \Doctrine\DBAL\Exception ? [null, null] : null;
    }

    public function transaction(callable $work): mixed
    {
        $first = null;
        try {
            return $this->connection->transactional(Statements::keeping($work, $first));
        } catch (\Throwable $thrown) {
            $native = $this->connection->getNativeConnection();
            if ($native instanceof \PDO && !$this->connection->isTransactionActive()) {
                Statements::settle($native, $native->rollBack(...));
            }
            throw $first ?? $thrown;
        }
    }

    public function reconnect(): bool
    {
        $this->connection->close();
        return true;
    }

    /** @return list<int> */
    private static function types(string $types): array
    {
        $of = static fn (string $type): int => match ($type) {
            'i' => ParameterType::INTEGER,
            'b' => ParameterType::LARGE_OBJECT,
            default => ParameterType::STRING,
        };
        return $types === '' ? [] : array_map($of, str_split($types));
    }
}
