import { suite } from './kit.mjs'
import * as from from './providers.mjs'

const { refuse, ...group } = suite(
  'json-syntax',
  'Authentic bodies that are not one JSON object in strict RFC 8259: signed by the provider, and still refused.',
)
export default group

const whole = (label, body, why) => refuse(label, { ...from.claimport(body), why }, 'invalid_payload')
const value = (label, text, why) => whole(label, `{"type":"t","data":${text}}`, why)

for (const text of [
  '01', '00', '-01', '1.', '-1.', '.5', '-.5', '+1', '-', '--1', '1e', '1E', '1e+', '1E-', '0e', '1.e5', '1.5e', '1.2.3', '1e5.5', '1e5e5', '0x1', '0X1F',
  '0b1', '0o7', '1_000', '1n', '1f', '1.0d', '- 1', '1 2', '1-2', '1/2', 'Infinity', '-Infinity', 'NaN', '-NaN', 'nan', 'inf', '１', '١', '½', '∞', '−1', '1,5',
]) {
  value(`number/${text}`, text)
}
for (const text of ['True', 'FALSE', 'None', 'NULL', 'nul', 'nulll', 'tru', 'truefalse', 'undefined', 'null null', "'a'", '`a`', 'a', '@', '#', '?', '$', '..', 'new Date()', 'function(){}']) {
  value(`literal/${text}`, text)
}

// Strings.
for (const [label, code] of Object.entries({ nul: 0, 'start-of-heading': 1, backspace: 8, tab: 9, newline: 10, 'vertical-tab': 11, 'form-feed': 12, 'carriage-return': 13, escape: 27, 'unit-separator': 31 })) {
  value(`string/raw-${label}`, `"a${String.fromCharCode(code)}b"`, 'Control characters are escaped in JSON.')
}
value('string/raw-newline-in-a-key', '{"a\nb":1}')
for (const length of [7, 8, 15, 16, 31, 32, 63, 64]) value(`string/raw-control-after-${length}`, `"${'a'.repeat(length)}\u001fb"`)
for (const text of ['\\x41', '\\0', "\\'", '\\a', '\\v', '\\e', '\\ ', '\\N', '\\T', '\\U0041', '\\u', '\\u1', '\\u12', '\\u123', '\\u00g0', '\\uzzzz', '\\u{41}', '\\u 041', '\\u+041', '\\u-041', '\\u００４１', '\\é', '\\\n']) {
  value(`string/escape-${JSON.stringify(text).slice(1, -1)}`, `"${text}"`)
}
value('string/bad-escape-after-a-high-surrogate', '"\\ud83d\\x"')
value('string/short-escape-after-a-high-surrogate', '"\\ud83d\\ude0"')
value('string/bad-escape-in-a-key', '{"\\q":1}')
whole('string/bad-escape-in-an-unread-field', '{"type":"t","x":"\\q"}')
whole('string/unterminated', '{"type":"t","data":"abc')
whole('string/unterminated-after-a-backslash', '{"type":"t","data":"abc\\')
whole('string/unterminated-in-an-escape', '{"type":"t","data":"\\u00')
whole('string/unterminated-after-a-high-surrogate', '{"type":"t","data":"\\ud83d')
whole('string/unterminated-key', '{"type":"t","data')
whole('string/escaped-quote-does-not-end-it', '{"type":"t\\"}')

// Structure.
for (const [label, body] of Object.entries({
  'empty': '', 'only-space': ' \n\t\r ', 'open-brace': '{', 'close-brace': '}', 'null': 'null', 'true': 'true', 'false': 'false', 'zero': '0', 'string': '"t"', 'empty-string': '""',
  'array-of-the-object': '[{"type":"t"}]', 'two-objects': '{"type":"t"}{"type":"t"}', 'two-objects-on-lines': '{"type":"t"}\n{"type":"t"}', 'two-objects-with-comma': '{"type":"t"},{"type":"t"}',
  'extra-brace': '{"type":"t"}}', 'extra-bracket': '{"type":"t"}]', 'not-closed': '{"type":"t"', 'closed-by-bracket': '{"type":"t"]', 'text-behind': '{"type":"t"} x', 'text-before': 'x{"type":"t"}',
  'comma-behind': '{"type":"t"},', 'semicolon-behind': '{"type":"t"};', 'nul-behind': '{"type":"t"}\0', 'nul-before': '\0{"type":"t"}', 'jsonp': 'callback({"type":"t"})', 'prefix-against-hijacking': ")]}',\n{\"type\":\"t\"}",
  'trailing-comma': '{"type":"t",}', 'leading-comma': '{,"type":"t"}', 'two-commas': '{"type":"t",,"a":1}', 'only-a-comma': '{,}', 'missing-comma': '{"type":"t" "a":1}', 'missing-colon': '{"type" "t"}', 'two-colons': '{"type"::"t"}',
  'equals-for-colon': '{"type"="t"}', 'semicolon-for-comma': '{"type":"t";"a":1}', 'missing-value': '{"type":"t","a":}', 'missing-value-and-colon': '{"type":"t","a"}', 'missing-key': '{:"t"}', 'unquoted-key': '{type:"t"}',
  'number-as-key': '{"type":"t",1:2}', 'null-as-key': '{"type":"t",null:2}', 'array-as-key': '{"type":"t",[]:2}', 'single-quotes': "{'type':'t'}", 'comment-line': '{"type":"t"} // x', 'comment-block': '{"type":/* x */"t"}', 'comment-hash': '# x\n{"type":"t"}',
  'comment-in-front': '/**/{"type":"t"}', 'yaml': 'type: t', 'xml': '<type>t</type>', 'form': 'type=t', 'json-in-a-string': '"{\\"type\\":\\"t\\"}"',
})) {
  whole(`structure/${label}`, body)
}
for (const [label, text] of Object.entries({
  'array-trailing-comma': '[1,]', 'array-leading-comma': '[,1]', 'array-two-commas': '[1,,2]', 'array-only-comma': '[,]', 'array-missing-comma': '[1 2]', 'array-colon': '[1:2]', 'array-closed-by-brace': '[1}', 'object-closed-by-bracket': '{"a":1]',
  'array-with-a-member': '["a":1]', 'object-with-elements': '{1,2}', 'nested-trailing-comma': '{"a":[{"b":1,}]}', 'spread': '[...[]]', 'parenthesis': '(1)',
})) {
  value(`structure/${label}`, text)
}

// White space is space, tab, newline and carriage return, and nothing else.
for (const [label, space] of Object.entries({
  'vertical-tab': '\v', 'form-feed': '\f', 'next-line': '\u0085', 'no-break-space': '\u00a0', 'ogham-space': '\u1680', 'en-space': '\u2002', 'zero-width-space': '\u200b', 'line-separator': '\u2028', 'paragraph-separator': '\u2029',
  'ideographic-space': '\u3000', 'byte-order-mark': '\ufeff', 'nul': '\0', 'backspace': '\b', 'soft-hyphen': '\u00ad',
})) {
  whole(`space/leading-${label}`, `${space}{"type":"t"}`)
  whole(`space/trailing-${label}`, `{"type":"t"}${space}`)
  whole(`space/inside-${label}`, `{"type":${space}"t"}`)
}

// Bytes that are not UTF-8.
const bytes = (label, before, broken, after, why) =>
  whole(`utf8/${label}`, Buffer.concat([Buffer.from(before), Buffer.from(broken, 'hex'), Buffer.from(after)]), why)
for (const [label, broken, why] of [
  ['lone-continuation', '80'],
  ['latin-1-letter', 'e9'],
  ['two-bytes-cut', 'c3'],
  ['three-bytes-cut', 'e282'],
  ['four-bytes-cut', 'f09f98'],
  ['overlong-slash', 'c0af', 'A second spelling of a character is none.'],
  ['overlong-nul', 'c080'],
  ['overlong-quote', 'c0a2'],
  ['overlong-three-bytes', 'e080af'],
  ['overlong-four-bytes', 'f08080af'],
  ['surrogate-high', 'eda080', 'A surrogate is no character, and only an escape may name one.'],
  ['surrogate-low', 'edbfbf'],
  ['surrogate-pair', 'eda0bdedb880'],
  ['beyond-unicode', 'f4908080'],
  ['lead-f5', 'f5808080'],
  ['five-bytes', 'f888808080'],
  ['fe', 'fe'],
  ['ff', 'ff'],
  ['continuation-missing', 'e28228'],
]) {
  bytes(`${label}-in-data`, '{"type":"t","data":"a', broken, 'b"}', why)
}
bytes('in-the-type', '{"type":"t', 'ff', '"}')
bytes('in-the-id', '{"type":"t","id":"', 'c328', '"}')
bytes('in-a-key', '{"type":"t","data":{"', 'e9', '":1}}')
bytes('in-an-unread-field', '{"type":"t","x":"', 'ff', '"}', 'Also where nobody looks.')
bytes('in-an-unread-key', '{"type":"t","', 'ff', '":1}')
bytes('between-tokens', '{"type":"t",', 'ff', '"x":1}')
bytes('before-everything', '', 'ff', '{"type":"t"}')
bytes('after-everything', '{"type":"t"}', 'c3', '')
bytes('in-a-value-that-is-replaced', '{"type":"', 'ff', '","type":"t"}')
for (const length of [14, 15, 16, 30, 31, 32, 62, 63, 64]) {
  bytes(`after-${length}`, `{"type":"t","data":"${'a'.repeat(length)}`, 'e282', '"}', 'Readers that look at blocks of bytes have their seams here.')
}
bytes('byte-order-mark', '', 'efbbbf', '{"type":"t"}', 'RFC 8259 lets a reader refuse it; two readers that differ are worse.')
bytes('byte-order-mark-behind', '{"type":"t"}', 'efbbbf', '')
const utf16 = Buffer.from('{"type":"t"}', 'utf16le')
whole('utf8/utf-16-little-endian', utf16)
whole('utf8/utf-16-big-endian', Buffer.from(utf16).swap16())
whole('utf8/utf-16-with-mark', Buffer.concat([Buffer.from('fffe', 'hex'), utf16]))
whole('utf8/utf-32', Buffer.from([...'{"type":"t"}'].flatMap((c) => [c.charCodeAt(0), 0, 0, 0])))
whole('utf8/gzip', Buffer.from('1f8b0800000000000003ab562aa92c4855b252', 'hex'), 'A compressed body is decompressed by the server, or it is none.')
whole('utf8/random-bytes', Buffer.from([...Array(256).keys()]))
