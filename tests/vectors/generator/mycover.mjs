// Node itself is the oracle: JSON.stringify(JSON.parse(body)) is what the provider signs.
import { NONE, random, raw, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'mycover',
  'The ECMAScript form: what is signed is JSON.stringify(JSON.parse(body)), and the event is read from that.',
)
export default group

const ecmascript = (body) => JSON.stringify(JSON.parse(body))

// Lone surrogates decode as U+FFFD; two keys may become one so, and the last wins.
function decoded(value) {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd')
  if (Array.isArray(value)) return value.map(decoded)
  if (value === null || typeof value !== 'object') return value
  const result = {}
  for (const key of Object.keys(value)) {
    Object.defineProperty(result, decoded(key), { value: decoded(value[key]), enumerable: true, configurable: true, writable: true })
  }
  return result
}

/** Signed in its ECMAScript form alone. The event's bytes, and so the digest in its key, are that form's. */
function form(label, body, { why, ...fields } = {}) {
  const canonical = ecmascript(body)
  if (canonical === body) throw new Error(`${label} is its own ECMAScript form`)
  const parsed = decoded(JSON.parse(canonical))
  const says = { type: 'claim.updated', data: parsed.data === undefined ? NONE : parsed.data, ...fields }
  accept(`form/${label}`, { ...from.mycover(body, { signed: canonical }), why }, event('mycover', canonical, says), canonical)
}
const value = (label, text, why) => form(label, `{"event":"claim.updated","data":${text} }`, { why })

// Numbers. The space before the last brace makes every body differ from its form.
for (const text of [
  '0', '-0', '0.0', '-0.0', '-0e10', '0e999999999999', '1.0', '1.50', '100', '1e2', '1E+2', '1e-2', '10e-1', '-1.0E-0', '4.35', '0.1e1', '123e-20',
  '1e20', '1e21', '100000000000000000000', '1000000000000000000000', '999999999999999999999', '123456789012345678901234567890', '1e-6', '1e-7', '0.000001', '0.0000001', '0.00000123', '123456.789e-12',
  '9007199254740991', '9007199254740992', '9007199254740993', '9007199254740994.5', '9007199254740993.00000000000000000001', '18446744073709551615', '-9223372036854775809',
  '0.1', '0.30000000000000004', '0.3000000000000000444', '0.10000000000000000555', '1.7976931348623157e308', '1.7976931348623158e308', '5e-324', '4.9e-324', '2.4703282292062328e-324', '2.4703282292062327e-324',
  '2.2250738585072011e-308', '2.2250738585072014e-308', '1e-400', '-1e-400', '1e-99999999999999999999', '5e-7', '1.2345678901234567e+25', '2e23', '8.41e21', '9.5e-5', '6.02214076e23', '72057594037927945', '1e23', '1.3e-15',
]) value(`number/${text}`, text)
for (const text of ['1e309', '-1e309', '1.7976931348623159e308', '1e99999999999999999999']) value(`number/infinite-${text}`, text, 'ECMAScript reads infinity, and writes null for it.')
value('number/four-hundred-digits', '9'.repeat(400), 'Infinite too.')
value('number/three-hundred-digits', '9'.repeat(300))
value('number/leading-fraction-zeros', `0.${'0'.repeat(330)}1e331`)
value('number/long-halfway', `9007199254740993.${'0'.repeat(700)}1`, 'Just above half-way: digits far behind decide the rounding.')
value('number/many', '[1.0,2.50,3e0,-0,1E3,[0.10]]')

// Strings: the fewest escapes.
for (const [label, text] of Object.entries({
  'solidus': '"\\/"',
  'needless-escapes': '"\\u0041\\u007a\\u0020"',
  'short-escapes': '"\\u0008\\u000c\\u000a\\u000d\\u0009\\u0022\\u005c"',
  'controls': '"\\u0000\\u0001\\u000b\\u000e\\u001f"',
  'controls-upper-case': '"\\u000B\\u001F"',
  'delete-and-c1': '"\\u007f\\u0080\\u009f"',
  'line-separators': '"\\u2028\\u2029"',
  'noncharacters': '"\\ufffe\\uffff\\ufeff\\ufffd"',
  'not-ascii': '"\\u00e9\\u0416\\u674e"',
  'pair': '"\\ud83d\\ude42"',
  'highest-pair': '"\\udbff\\udfff"',
  'already-raw': '"Zoë 🙂 \u2028"',
  'backslash-u': '"\\\\u0041"',
  'markup': '"<\\/script>"',
  'decomposed': '"e\\u0301"',
})) value(`string/${label}`, text)
for (const [label, text] of Object.entries({
  'high': '"\\ud800"',
  'low': '"\\udc00"',
  'upper-case': '"\\uDABC\\uDEAD\\uDABC"',
  'reversed': '"\\ude00\\ud83d"',
  'two-high-and-low': '"\\ud83d\\ud83d\\ude00"',
  'before-raw-emoji': '"\\ud83d😀"',
  'beside-replacement': '"\\ud800\\ufffd\ufffd"',
  'before-escape': '"\\ud83d\\n\\u0041"',
})) value(`lone-surrogate/${label}`, text, 'Escaped in lower case in the form, U+FFFD in the event.')
value('lone-surrogate/key', '{"\\uD800":1}')
value('lone-surrogate/keys-differ-in-the-form', '{"\\ud800":1,"\\udfff":2,"\\ufffd":3}', 'Three keys to ECMAScript, one when decoded: the last.')
value('lone-surrogate/keys-collide-in-the-order-of-the-form', '{"\\ufffd":1,"\\ud800":2,"\\ufffd":3}', 'In the form U+FFFD stands first, with 3; read from the form, 2 is last.')
value('lone-surrogate/key-twice', '{"\\ud800":1,"a":2,"\\uD800":3}')
form('lone-surrogate/type', '{"event":"a\\uD800b"}', { type: 'a\ufffdb' })
form('lone-surrogate/id', '{"event":"claim.updated","event_id":"\\uDC00"}', { id: '\ufffd' })

// Keys: array indices ascend, then the rest as they came.
for (const [label, text] of Object.entries({
  'ascending': '{"2":"a","10":"b","1":"c","0":"d"}',
  'before-names': '{"b":1,"1":2,"a":3,"0":4}',
  'largest-index': '{"x":1,"4294967295":2,"4294967294":3,"4294967293":4}',
  'beyond-32-bits': '{"x":1,"4294967296":2,"4294967297":3,"9007199254740991":4,"18446744073709551616":5,"7":6}',
  'leading-zeros': '{"x":1,"01":2,"00":3,"1":4,"0":5,"007":6}',
  'minus': '{"x":1,"-1":2,"-0":3,"0":4,"-":5}',
  'not-integers': '{"x":1,"1.0":2,"1e1":3,"0x1":4,"+1":5," 1":6,"1 ":7,"1":8,"":9}',
  'other-digits': '{"x":1,"１":2,"١":3,"3":4}',
  'escaped-digits': '{"x":1,"\\u0031":2,"\\u0030":3}',
  'nested': '{"x":{"z":1,"5":{"b":2,"4":3}},"3":[{"y":1,"2":2}]}',
  'many': `{${[...Array(40).keys()].map((at) => `"${(at * 17) % 40}":${at}`).join(',')}}`,
  'lengths': '{"1000000000":1,"999999999":2,"99":3,"100":4,"9":5}',
})) value(`keys/index-${label}`, text)
form('keys/index-at-the-top', '{"event":"claim.updated","5":1,"data":{},"0":2}')
for (const [label, text] of Object.entries({
  'first-place-last-value': '{"a":1,"b":2,"a":3}',
  'three-times': '{"a":1,"b":2,"a":3,"c":4,"a":5}',
  'escaped': '{"a":1,"b":2,"\\u0061":3}',
  'all-the-same': '{"a":1,"a":2,"a":3}',
  'index': '{"b":0,"1":1,"0":2,"1":3}',
  'nested-in-the-last': '{"a":{"x":1},"b":2,"a":{"y":1,"x":2,"y":3}}',
  'object-then-number': '{"a":{"x":{"y":[1,2,3]}},"b":2,"a":0}',
  'in-array': '[{"a":1,"a":2},{"b":1,"b":{"c":1,"c":2}}]',
  'empty-key': '{"":1,"a":2,"":3}',
  'escaped-pair': '{"\\ud83d\\ude42":1,"a":2,"🙂":3}',
  'many': `{${[...Array(60).keys()].map((at) => `"k${at % 13}":${at}`).join(',')}}`,
})) value(`keys/duplicate-${label}`, text)
form('keys/duplicate-type', '{"event":"a","data":{},"event":"b"}', { type: 'b' })
form('keys/duplicate-data', '{"data":{"created_at":"2020-01-01T00:00:00Z"},"event":"claim.updated","data":{"x":1.0}}')
form('keys/duplicate-type-escaped', '{"event":"a","data":{},"\\u0065vent":"b"}', { type: 'b' })
value('keys/proto', '{"a":1.0,"__proto__":{"x":1},"b":2}', 'An ordinary key.')
value('keys/proto-twice', '{"__proto__":1,"a":2,"__proto__":3}')
value('keys/proto-escaped', '{"\\u005f_proto__":{"toString":null}}')
value('keys/to-json', '{"toJSON":1.0,"a":{"toJSON":"x","valueOf":null}}')
value('keys/array-like', '{"length":2,"0":"a","1":"b"}')
value('keys/escaped', '{"\\u00e9":1,"a\\/b":2,"\\u0001":3,"\\"":4,"\\u2028":5}')
value('keys/looks-like-a-number-value', '{"1e3":1e3,"1.0":1.0,"-0":-0}')

// White space and nesting.
form('space/everywhere', ' \t\r\n{ "event"\t:\n"claim.updated" ,\r"data" : [ 1 , { } , [ ] , { "a" : null } ] } \n')
form('space/indented', JSON.stringify({ event: 'claim.updated', event_id: 'e1', data: { amount: '25000.0000', list: [1, 2] } }, null, 4), { id: 'e1' })
form('space/inside-strings-is-kept', '{"event":"claim.updated","data":"  a \\t b  " }')
const deep = '['.repeat(127) + ']'.repeat(127)
form('depth/128', `{"event":"claim.updated","data":${deep} }`, { data: undefined })
form('created-at', '{"event":"claim.updated","data":{"created_at":"2023-08-18T09:47:22\\u002e008Z","n":1.0}}', { created_at: '2023-08-18T09:47:22.008Z' })
const DOCUMENTED =
  '{"event": "purchase.successful", "data": {"id": "e431432e-3daa-11ee-be56-0242ac120002", "amount": 5000.00, ' +
  '"customer": {"first_name": "Zo\\u00eb"}, "created_at": "2023-08-18T09:47:22.008Z"}}'
form('documented-payload', DOCUMENTED, {
  type: 'purchase.successful',
  created_at: '2023-08-18T09:47:22.008Z',
  why: 'As another language’s serialiser would have sent it on.',
})

// Documents of every kind at once, from the seeded generator.
const next = random('mycover')
const pick = (list) => list[Math.floor(next() * list.length)]
const KEYS = ['"a"', '"b"', '"\\u0061"', '"0"', '"1"', '"10"', '"-1"', '"01"', '"é"', '"\\u00e9"', '"\\ud83d\\ude42"', '"__proto__"', '""', '"4294967295"', '"\\ud800"', '"\\/"']
const ATOMS = ['null', 'true', 'false', '0', '-0', '1.0', '1e21', '1e-7', '12345678901234567890', '0.1', '1E5', '""', '"\\u0041"', '"\\n\\u000a"', '"\\ud800"', '"🙂"', '"\\u2028"', '"\\\\"', '5e-324']
const blank = () => pick(['', '', '', ' ', '\n', '\t ', '\r\n'])
function document(levels) {
  const kind = levels === 0 ? 0 : next()
  if (kind < 0.4) return pick(ATOMS)
  const size = Math.floor(next() * 5)
  const items = [...Array(size).keys()].map(() => {
    const item = blank() + document(levels - 1) + blank()
    return kind < 0.6 ? item : `${blank()}${pick(KEYS)}${blank()}:${item}`
  })
  return kind < 0.6 ? `[${items.join(',')}${size ? '' : blank()}]` : `{${items.join(',')}${size ? '' : blank()}}`
}
for (let number = 1; number <= 25; number += 1) {
  form(`random/${number}`, `{${blank()}"data":{"x":${document(4)},"y":${document(3)}},"event":"claim.updated" }`)
}

// The raw body comes first, and then nothing of it is changed.
const kept = (label, body, fields, why) => accept(`raw/${label}`, { ...from.mycover(body), why }, event('mycover', body, { type: 'claim.updated', ...fields }), ecmascript(body))
kept('big-integer', '{"event":"claim.updated","data":{"n":9007199254740993}}', { data: raw('{"n":9007199254740993}') }, 'Signed as it stands, so read as it stands: the integer keeps its last digit.')
kept('overflow', '{"event":"claim.updated","data":[1e400]}', {}, 'In the ECMAScript form this would be null.')
kept('order-and-space', '{ "event" : "claim.updated" , "data" : { "b" : 1.0 , "1" : 2 } }', { data: raw('{"b":1.0,"1":2}') })
kept('keys-that-become-one', '{"event":"claim.updated","data":{"\\ufffd":1,"\\ud800":2,"\\ufffd":3}}', { data: { '\ufffd': 3 } }, 'Read from the body, 3 is last; read from the form it would be 2.')
kept('python-serialiser', '{"event": "claim.updated", "data": {"name": "Zo\\u00eb", "x": 1.0}}', { data: raw('{"name":"Zoë","x":1.0}') })
kept('identical-forms', '{"event":"claim.updated","data":{}}', { data: {} })
value('not-raw/big-integer', '{"n":9007199254740993}', 'Signed as ECMAScript wrote it, so read as that: its last digit is lost.')

// Refused.
const forge = (label, body, signed, error, why) => refuse(`refused/${label}`, { ...from.mycover(body, { signed }), why }, error)
const LOOSE = '{"event":"claim.updated","data":{"x":1.0}}'
forge('other-value', LOOSE, '{"event":"claim.updated","data":{"x":2}}', 'signature_mismatch')
forge('form-of-another-document', LOOSE, '{"event":"claim.approved","data":{"x":1}}', 'signature_mismatch')
refuse('refused/form-under-another-secret', { ...from.mycover(LOOSE, { secret: 'MCASECK|another', signed: ecmascript(LOOSE) }), secrets: [from.SECRET.mycover] }, 'signature_mismatch')
forge('indented-form', LOOSE, JSON.stringify(JSON.parse(LOOSE), null, 2), 'signature_mismatch')
forge('form-with-newline', LOOSE, `${ecmascript(LOOSE)}\n`, 'signature_mismatch')
forge('sorted-keys', '{"event":"claim.updated","data":{"b":1,"a":2.0}}', '{"data":{"a":2,"b":1},"event":"claim.updated"}', 'signature_mismatch', 'It is not RFC 8785: keys keep their order.')
forge('first-of-duplicates', '{"event":"claim.updated","data":{"a":1,"a":2}}', '{"event":"claim.updated","data":{"a":1}}', 'signature_mismatch')
forge('python-escapes', '{"event":"claim.updated","data":"Zoë" }', '{"event":"claim.updated","data":"Zo\\u00eb"}', 'signature_mismatch', 'Python’s json.dumps escapes what is not ASCII; the documented sender does not.')
forge('python-float', '{"event":"claim.updated","data":1.0 }', '{"event":"claim.updated","data":1.0}', 'signature_mismatch')
forge('php-escapes', '{"event":"claim.updated","data":"a/b" }', '{"event":"claim.updated","data":"a\\/b"}', 'signature_mismatch')
forge('surrogates-replaced', '{"event":"claim.updated","data":"\\ud800" }', '{"event":"claim.updated","data":"\ufffd"}', 'signature_mismatch', 'The form escapes them; the replaced text is another.')
forge('integer-kept-exact', '{"event":"claim.updated","data":9007199254740993 }', '{"event":"claim.updated","data":9007199254740993}', 'signature_mismatch')
forge('form-is-an-array', ' [1.0]', '[1]', 'invalid_payload', 'Authentic in its ECMAScript form, and no event.')
forge('form-is-a-string', ' "\\u0041"', '"A"', 'invalid_payload')
forge('form-is-a-number', '1.0', '1', 'invalid_payload')
forge('form-has-no-type', '{"data":1.0}', '{"data":1}', 'invalid_payload')
forge('form-has-a-numeric-type', '{"event":1.0}', '{"event":1}', 'invalid_payload')
forge('not-json-and-forged', '{"event":"claim.updated",}', '{"event":"claim.updated"}', 'signature_mismatch', 'What is not JSON has no form.')
forge('byte-order-mark', '\ufeff{"event":"claim.updated"}', '{"event":"claim.updated"}', 'signature_mismatch')
forge('two-documents', '{"event":"claim.updated"} {"event":"claim.updated"}', '{"event":"claim.updated"}', 'signature_mismatch')
forge('invalid-utf8-as-node-reads-it', Buffer.from('{"event":"claim.updated","data":"\xe9"}', 'latin1'), '{"event":"claim.updated","data":"\ufffd"}', 'signature_mismatch', 'A server that replaces broken bytes changes what was signed.')
forge('empty', '', '{}', 'signature_mismatch')
forge('infinity-as-null-forged', '{"event":"claim.updated","data":1e400}', '{"event":"claim.updated","data":0}', 'signature_mismatch')
