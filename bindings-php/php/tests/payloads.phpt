--TEST--
The array shapes are read by PHPStan's parser, and every sample delivery has its shape
--EXTENSIONS--
hookseal
ctype
tokenizer
--FILE--
<?php
require __DIR__ . '/common.inc';
require_once 'PHPStan/PhpDocParser/autoload.php';
use PHPStan\PhpDocParser\Ast\ConstExpr\ConstExprStringNode;
use PHPStan\PhpDocParser\Ast\Type\{ArrayShapeNode, GenericTypeNode, IdentifierTypeNode, TypeNode, UnionTypeNode};
use PHPStan\PhpDocParser\{Lexer\Lexer, Parser};

function aliases(string $class): array
{
    $lexer = new Lexer();
    $types = new Parser\TypeParser($constants = new Parser\ConstExprParser());
    $parser = new Parser\PhpDocParser($types, $constants, true);
    $tokens = new Parser\TokenIterator($lexer->tokenize((new ReflectionClass($class))->getDocComment()));
    $aliases = [];
    foreach ($parser->parse($tokens)->getTags() as $tag) {
        if ($tag->name !== '@phpstan-type') {
            throw new LogicException("$tag->name is not meant to be a tag: $tag->value");
        }
        $aliases[$tag->value->alias] = $tag->value->type;
    }
    return $aliases;
}

function name(mixed $key): string
{
    return $key instanceof ConstExprStringNode ? $key->value : (string) $key;
}

/** What does not fit, or null. */
function misfit(mixed $value, TypeNode $type, array $aliases, string $path): ?string
{
    if ($type instanceof UnionTypeNode) {
        foreach ($type->types as $option) {
            if (misfit($value, $option, $aliases, $path) === null) {
                return null;
            }
        }
        return "$path is none of $type";
    }
    if ($type instanceof ArrayShapeNode) {
        if ($type->sealed || !is_array($value)) {
            return "$path is no unsealed shape";
        }
        foreach ($type->items as $item) {
            $key = name($item->keyName);
            if (!array_key_exists($key, $value)) {
                if (!$item->optional) {
                    return "$path.$key is missing";
                }
                continue;
            }
            if ($problem = misfit($value[$key], $item->valueType, $aliases, "$path.$key")) {
                return $problem;
            }
        }
        return null;
    }
    if ($type instanceof GenericTypeNode && $type->type->name === 'list') {
        foreach (is_array($value) && array_is_list($value) ? $value : [null] as $index => $item) {
            if ($problem = misfit($item, $type->genericTypes[0], $aliases, "$path.$index")) {
                return $problem;
            }
        }
        return null;
    }
    if ($type instanceof GenericTypeNode && (string) $type === 'array<array-key, mixed>') {
        return is_array($value) ? null : "$path is no array";
    }
    if ($type instanceof IdentifierTypeNode && isset($aliases[$type->name])) {
        return misfit($value, $aliases[$type->name], $aliases, $path);
    }
    $fits = match ((string) $type) {
        'string' => is_string($value),
        'int' => is_int($value),
        'float' => is_float($value),
        'bool' => is_bool($value),
        'null' => is_null($value),
        'mixed' => true,
    };
    return $fits ? null : "$path is no $type";
}

$checked = $missed = 0;
foreach (glob(dirname(__DIR__) . '/src/Payloads/*.php') as $file) {
    $provider = strtolower(basename($file, '.php'));
    $aliases = aliases($class = 'Hookseal\\Http\\Payloads\\' . basename($file, '.php'));
    $constants = (new ReflectionClass($class))->getConstants();
    foreach ($aliases['DataByType']->items as $item) {
        if (!in_array(name($item->keyName), $constants, true)) {
            echo name($item->keyName), " is no constant\n";
        }
    }
    foreach (glob(dirname(__DIR__, 3) . "/core/providers/$provider/samples/*.json") as $sample) {
        $case = json_decode(file_get_contents($sample), true);
        $webhook = new Hookseal\Webhook($provider, $case['secrets']);
        $event = $webhook->verify($case['body'], $case['headers'], $case['now'] ?? null);
        $item = current(array_filter($aliases['DataByType']->items, fn ($item) => name($item->keyName) === $event->type));
        if ($item === false || $problem = misfit($event->data, $item->valueType, $aliases, $event->type)) {
            echo "$provider $event->type: ", $problem ?? 'no shape', "\n";
        }
        $checked++;
        // That the shapes say anything: no first field is a boolean. webhook.test has none.
        $missed += misfit([array_key_first($event->data) => true], $item->valueType, $aliases, '') !== null;
    }
}
echo "$checked samples fit, $missed of them not with another first field\n";
?>
--EXPECT--
36 samples fit, 35 of them not with another first field
