<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Support\Facades\DB;

// Makes the inbox's tables. Copy it to database/migrations/2026_01_01_000000_create_hookseal_inbox.php.
return new class extends Migration
{
    public function up(): void
    {
        DB::unprepared(Hookseal\Inbox::schema(DB::connection()->getDriverName()));
    }

    public function down(): void
    {
        foreach (['job', 'delivery', 'inbox'] as $table) {
            DB::statement("DROP TABLE hookseal_$table");
        }
    }
};
