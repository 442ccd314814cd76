import { raw, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'json-values',
  'Authentic bodies that are JSON, if only just: what their values stand for, which key wins, how deep they may be.',
)
export default group

// `body` as it stands; what is not given is: type t, no id.
function says(label, body, fields = {}, why) {
  accept(label, { ...from.claimport(body), why }, event('claimport', body, { type: 't', ...fields }))
}
const data = (label, text, value, why) => says(label, `{"type":"t","data":${text}}`, { data: value }, why)
const same = (label, text, why) => data(label, text, raw(text), why)
const unread = (label, text, why) => says(label, `{"type":"t","data":${text}}`, {}, why)

// Numbers.
for (const text of [
  '9007199254740991', '9007199254740993', '-9007199254740993', '9223372036854775807', '9223372036854775808', '-9223372036854775808',
  '-9223372036854775809', '18446744073709551615', '18446744073709551616', '123456789012345678901234567890', '-340282366920938463463374607431768211456',
]) same(`integer/${text}`, text, 'Exact wherever the language’s integers hold it.')
same('integer/hundred-digits', `1${'0123456789'.repeat(10)}`)
same('integer/in-an-array', '[18446744073709551616,[9007199254740993]]')
for (const text of [
  '0', '-0', '-0.0', '1.0', '1E2', '1e+2', '1e-2', '0e0', '0.1', '-1.5e-3', '1e00002', '5e-324', '1.7976931348623157e308', '0.30000000000000004', '123456789.25',
]) same(`number/${text}`, text)
same('number/underflow', '1e-400')
same('number/huge-negative-exponent', '1e-99999999999')
same('number/zero-huge-exponent', '0e99999999999')
same('number/many-digits', `0.${'1'.repeat(300)}`)
unread('number/overflow', '1e400', 'The grammar allows it. The value is the language’s affair.')
unread('number/huge-exponent', '-1e99999999999999999999')
unread('number/thousand-digits', '9'.repeat(1000))

// Strings.
data('string/every-short-escape', '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\/\b\f\n\r\t')
data('string/nul', '"a\\u0000b"', 'a\0b')
data('string/escaped-control', '"\\u0001\\u001f\\u007f"', '\u0001\u001f\u007f')
data('string/raw-delete', '"\u007f"', '\u007f', 'The only control character that may stand as it is.')
data('string/raw-c1-control', '"\u0080\u009f"', '\u0080\u009f')
data('string/raw-line-separators', '"\u2028\u2029"', '\u2028\u2029')
data('string/raw-noncharacters', '"\ufffe\uffff\u{1ffff}"', '\ufffe\uffff\u{1ffff}')
data('string/raw-byte-order-mark-inside', '"\ufeff"', '\ufeff')
data('string/raw-highest', '"\u{10ffff}"', '\u{10ffff}')
data('string/hex-in-either-case', '"\\u00e9\\u00E9\\uABCD\\uabcd"', '\u00e9\u00e9\uabcd\uabcd')
data('string/escaped-pair', '"\\ud83d\\ude00"', '\u{1f600}')
data('string/escaped-pair-upper-case', '"\\uD83D\\uDE00"', '\u{1f600}')
data('string/highest-pair', '"\\udbff\\udfff"', '\u{10ffff}')
data('string/lowest-pair', '"\\ud800\\udc00"', '\u{10000}')
data('string/escaped-backslash-u', '"\\\\u0041"', '\\u0041')
data('string/escaped-backslash-before-quote', '"\\\\"', '\\')
data('string/not-normalised', '["\u0065\u0301","\u00e9"]', ['e\u0301', '\u00e9'])
data('string/markup', '"</script><!--&lt;"', '</script><!--&lt;')
for (const length of [7, 8, 15, 16, 31, 32, 33, 63, 64, 65]) {
  data(`string/escape-after-${length}`, `"${'a'.repeat(length)}\\n"`, `${'a'.repeat(length)}\n`, 'Readers that look at blocks of bytes have their seams here.')
}
data('string/long', `"${'x'.repeat(5000)}"`, 'x'.repeat(5000))
data('string/long-not-ascii', `"${'é'.repeat(1000)}"`, 'é'.repeat(1000))

// A lone surrogate does not lose the event.
const LONE = {
  'high': ['\\ud800', '\ufffd'],
  'low': ['\\udc00', '\ufffd'],
  'last-high': ['\\udbff', '\ufffd'],
  'last-low': ['\\udfff', '\ufffd'],
  'upper-case': ['\\uDEAD', '\ufffd'],
  'between-letters': ['a\\ud800b', 'a\ufffdb'],
  'high-before-letter-escape': ['\\ud83d\\u0041', '\ufffdA'],
  'high-before-short-escape': ['\\ud83d\\n', '\ufffd\n'],
  'two-high': ['\\ud800\\ud801', '\ufffd\ufffd'],
  'two-low': ['\\udc00\\udc01', '\ufffd\ufffd'],
  'low-then-high': ['\\udc00\\ud800', '\ufffd\ufffd'],
  'high-then-pair': ['\\ud800\\ud83d\\ude00', '\ufffd\u{1f600}'],
  'pair-then-low': ['\\ud83d\\ude00\\ude00', '\u{1f600}\ufffd'],
  'high-before-raw-emoji': ['\\ud83d\u{1f600}', '\ufffd\u{1f600}'],
  'high-before-escaped-backslash': ['\\ud83d\\\\ude00', '\ufffd\\ude00'],
  'beside-a-replacement-character': ['\\ud800\ufffd', '\ufffd\ufffd'],
}
for (const [label, [text, value]] of Object.entries(LONE)) {
  data(`lone-surrogate/${label}`, `{"x":"${text}"}`, { x: value })
}
for (const label of ['high', 'between-letters', 'low-then-high', 'high-then-pair']) {
  const [text, value] = LONE[label]
  says(`lone-surrogate/type-${label}`, `{"type":"${text}"}`, { type: value })
  says(`lone-surrogate/id-${label}`, `{"type":"t","id":"${text}"}`, { id: value })
  data(`lone-surrogate/key-${label}`, `{"${text}":1}`, { [value]: 1 })
}
data('lone-surrogate/keys-that-become-one', '{"\\ufffd":1,"\\ud800":2,"\\udfff":3}', { '\ufffd': 3 }, 'All three are U+FFFD when decoded: the last wins.')
data('lone-surrogate/keys-that-become-one-returning', '{"\\ufffd":1,"\\ud800":2,"\\ufffd":3}', { '\ufffd': 3 })
says('lone-surrogate/top-level-key', '{"\\ud800":1,"type":"t","\\udc00":2}')
says('lone-surrogate/created-at', '{"type":"t","timestamp":"2024-12-20T12:00:00Z\\ud800"}', {})

// Keys. The last of several wins.
says('keys/type-twice', '{"type":"a","type":"b"}', { type: 'b' })
says('keys/type-three-times', '{"type":7,"type":null,"type":"c"}', { type: 'c' }, 'What came before is as if it had not been.')
says('keys/type-escaped', '{"\\u0074ype":"t"}')
says('keys/type-escaped-wholly', '{"\\u0074\\u0079\\u0070\\u0065":"t"}')
says('keys/type-plain-then-escaped', '{"type":"a","\\u0074ype":"b"}', { type: 'b' })
says('keys/type-escaped-then-plain', '{"\\u0074ype":"a","type":"b"}', { type: 'b' })
refuse('keys/type-string-then-number', { ...from.claimport('{"type":"a","type":7}'), why: 'The last wins, and is no string.' }, 'invalid_payload')
refuse('keys/type-string-then-escaped-null', from.claimport('{"type":"a","typ\\u0065":null}'), 'invalid_payload')
says('keys/id-twice', '{"id":"a","type":"t","id":"b"}', { id: 'b' })
says('keys/id-then-null', '{"id":"a","type":"t","id":null}', { id: null })
says('keys/data-twice', '{"data":{"a":1},"type":"t","data":{"b":2}}', { data: { b: 2 } }, 'Replaced, not merged.')
says('keys/data-then-null', '{"data":{"a":1},"type":"t","data":null}', { data: null })
says('keys/data-escaped', '{"type":"t","d\\u0061ta":[1]}', { data: [1] })
says('keys/created-at-twice', '{"timestamp":"2020-01-01T00:00:00Z","type":"t","timestamp":"2024-12-20T12:00:00Z"}', { created_at: '2024-12-20T12:00:00Z' })
says('keys/created-at-then-number', '{"timestamp":"2020-01-01T00:00:00Z","type":"t","timestamp":0}', {})
data('keys/inside-data', '{"a":1,"b":2,"a":3}', { a: 3, b: 2 })
data('keys/inside-data-escaped', '{"a":1,"\\u0061":2}', { a: 2 })
data('keys/deep-inside-data', '[{"x":{"a":[],"a":{"b":1,"b":2}}}]', [{ x: { a: { b: 2 } } }])
const nested = (label, body, fields, why) => accept(label, { ...from.mycover(body), why }, event('mycover', body, { type: 't', ...fields }))
nested('keys/along-a-pointer-last-inner', '{"event":"t","data":{"created_at":"2020-01-01T00:00:00Z","created_at":"2024-12-20T12:00:00Z"}}', { created_at: '2024-12-20T12:00:00Z', data: { created_at: '2024-12-20T12:00:00Z' } })
nested('keys/along-a-pointer-last-outer', '{"event":"t","data":{"created_at":"2020-01-01T00:00:00Z"},"data":{"created_at":"2024-12-20T12:00:00Z"}}', { created_at: '2024-12-20T12:00:00Z', data: { created_at: '2024-12-20T12:00:00Z' } })
nested('keys/along-a-pointer-outer-replaced', '{"event":"t","data":{"created_at":"2020-01-01T00:00:00Z"},"data":{}}', { data: {} }, 'The first data is gone, with all that was in it.')
nested('keys/along-a-pointer-outer-becomes-number', '{"event":"t","data":{"created_at":"2020-01-01T00:00:00Z"},"data":5}', { data: 5 })
nested('keys/along-a-pointer-inner-then-null', '{"event":"t","data":{"created_at":"2020-01-01T00:00:00Z","created_at":null}}', { data: { created_at: null } })
nested('keys/along-a-pointer-escaped', '{"event":"t","d\\u0061ta":{"created\\u005fat":"2024-12-20T12:00:00Z"}}', { created_at: '2024-12-20T12:00:00Z' })
const proto = (text) => raw(text)
data('keys/proto', '{"__proto__":{"x":1},"a":2}', proto('{"__proto__":{"x":1},"a":2}'), 'An ordinary key.')
data('keys/proto-null', '{"__proto__":null}', proto('{"__proto__":null}'))
says('keys/proto-at-the-top', '{"__proto__":{"type":"bad","data":1},"type":"t"}', { data: {} })
refuse('keys/type-only-in-proto', from.claimport('{"__proto__":{"type":"t"}}'), 'invalid_payload')
data('keys/constructor', '{"constructor":1,"prototype":2,"toString":3,"hasOwnProperty":4,"valueOf":5}', { constructor: 1, prototype: 2, toString: 3, hasOwnProperty: 4, valueOf: 5 })
data('keys/python-and-php-names', '{"__class__":1,"__init__":2,"self":3,"this":4,"0":5,"-1":6,"null":7}', { __class__: 1, __init__: 2, self: 3, this: 4, 0: 5, '-1': 6, null: 7 })
data('keys/empty', '{"":1,"a":{"":{"":2}}}', { '': 1, a: { '': { '': 2 } } })
says('keys/empty-at-the-top', '{"":0,"type":"t","":1}')
data('keys/nul', '{"a\\u0000b":1,"a":2}', { 'a\0b': 1, a: 2 })
data('keys/not-ascii', '{"é":1,"🙂":2,"\u0065\u0301":3}', { é: 1, '🙂': 2, 'e\u0301': 3 })
data('keys/long', `{"${'k'.repeat(2000)}":1}`, { ['k'.repeat(2000)]: 1 })
data('keys/pointer-characters', '{"a/b":1,"m~n":2,"~1":3,"/":4}', { 'a/b': 1, 'm~n': 2, '~1': 3, '/': 4 })
says('keys/three-hundred', `{${[...Array(300).keys()].map((at) => `"k${at}":${at}`).join(',')},"type":"t"}`)

// White space: four kinds, anywhere between tokens.
const SPACE = { 'spaces': '  ', 'tabs': '\t\t', 'newlines': '\n\n', 'carriage-returns': '\r\r', 'all-kinds': ' \t\r\n' }
for (const [label, space] of Object.entries(SPACE)) {
  says(`space/leading-${label}`, `${space}{"type":"t"}`)
  says(`space/trailing-${label}`, `{"type":"t"}${space}`)
  says(`space/everywhere-${label}`, ['', '{', '"type"', ':', '"t"', ',', '"data"', ':', '[', '1', ',', '{', '}', ']', '}', ''].join(space), { data: [1, {}] })
}
says('space/thousands', `${' '.repeat(4000)}{"type":"t"}${'\n'.repeat(4000)}`)
says('space/inside-strings-is-kept', '{"type":"t","data":"  a  "}', { data: '  a  ' })

// Depth: 128 containers within each other, the body's own object included.
const arrays = (count, inner = '') => '['.repeat(count) + inner + ']'.repeat(count)
const objects = (count, inner = '1') => '{"a":'.repeat(count) + inner + '}'.repeat(count)
const mixed = (count) => (count === 0 ? '0' : count % 2 ? `[${mixed(count - 1)}]` : `{"a":${mixed(count - 1)}}`)
for (const [label, build] of Object.entries({ arrays, objects, mixed })) {
  data(`depth/100-${label}`, build(99), raw(build(99)))
  unread(`depth/128-${label}`, build(127))
  says(`depth/128-${label}-in-an-unknown-field`, `{"x":${build(127)},"type":"t"}`)
  refuse(`depth/129-${label}`, from.claimport(`{"type":"t","data":${build(128)}}`), 'invalid_payload')
  refuse(`depth/129-${label}-in-an-unknown-field`, from.claimport(`{"x":${build(128)},"type":"t"}`), 'invalid_payload')
  refuse(`depth/1000-${label}`, from.claimport(`{"type":"t","data":${build(1000)}}`), 'invalid_payload')
}
refuse('depth/129-in-data-that-a-later-one-replaces', from.claimport(`{"type":"t","data":${arrays(128)},"data":1}`), 'invalid_payload')
refuse('depth/129-empty-object-innermost', from.claimport(`{"type":"t","data":${arrays(127, '{}')}}`), 'invalid_payload')
refuse('depth/thousands-never-closed', from.claimport(`{"type":"t","data":${'['.repeat(10_000)}`), 'invalid_payload')
unread('depth/wide-is-not-deep', `[${'[[]],'.repeat(500)}{}]`, 'Depth is counted down again.')
unread('depth/128-twice', `[${arrays(126)},${arrays(126)}]`)
