--TEST--
Properties are there however they are asked for, and not before
--EXTENSIONS--
hookseal
--FILE--
<?php
$webhook = new Hookseal\Webhook('claimport', ['new', 'old']);
$old = new Hookseal\Webhook('claimport', 'old');
$body = '{"type":"claim.created","id":"e1","timestamp":"2026-03-01T12:30:45.123456789+01:00","data":{"n":[1,2]}}';
$make = fn () => $webhook->verify($body, $old->sign($body));

var_dump($make());
echo json_encode($make()), "\n";
echo implode(',', array_keys((array) $make())), "\n";
foreach ($make() as $name => $value) {
    echo $name, ' ', get_debug_type($value), "\n";
}
$event = $make();
var_dump(isset($event->data), isset($event->data['n'][1]), isset($event->data['m']), isset($event->nothing), empty($make()->data), $make()->data['n'][0] ?? 'none', isset($make()->createdAt));
var_dump($make() == $make(), $make() == $webhook->verify('{"type":"x"}', $old->sign('{"type":"x"}')), $make() != $make());
var_dump((new ReflectionProperty($event, 'dedupeKey'))->getValue($make()), (new ReflectionProperty($event, 'id'))->isInitialized($make()));
['type' => $type, 'id' => $id] = get_object_vars($make());
echo "$type $id\n";
echo match (true) { $make()->type === 'claim.created' => 'matched', default => 'not' }, "\n";
array_map(fn ($event) => gc_collect_cycles(), [$make(), $event]);
echo @$make()->nothing ?? 'nothing', "\n";
?>
--EXPECTF--
object(Hookseal\Event)#%d (3) {
  ["provider"]=>
  string(9) "claimport"
  ["type"]=>
  string(13) "claim.created"
  ["id"]=>
  string(2) "e1"
}
{"provider":"claimport","type":"claim.created","id":"e1","created_at":"2026-03-01T11:30:45.123456789Z","test":false,"check":false,"data":{"n":[1,2]},"unsigned":[],"key_index":1,"dedupe_key":"claimport:e1"}
provider,type,id,createdAt,test,check,data,envelope,unsigned,body,keyIndex,dedupeKey
provider string
type string
id string
createdAt DateTimeImmutable
test bool
check bool
data array
envelope array
unsigned array
body string
keyIndex int
dedupeKey string
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
int(1)
bool(true)
bool(true)
bool(false)
bool(false)
string(12) "claimport:e1"
bool(true)
claim.created e1
matched
nothing
