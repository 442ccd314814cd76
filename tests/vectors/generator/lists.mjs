import { NOW, hex, hmac, suite } from './kit.mjs'
import * as from from './providers.mjs'
import { SECRET, change, event } from './providers.mjs'

const { accept, refuse, ...group } = suite(
  'lists',
  'Headers that hold several entries: any good one is enough, what is not ours is passed over.',
)
export default group

const BODY = '{"id":"evt_1","type":"claim.created","data":{}}'
const GENUINE = from.stripeDigest(BODY)
const WRONG = hex('sha256', 'another secret', `${NOW}.`, BODY)
const stripe = (value) => change(from.stripe(BODY), 'Stripe-Signature', () => value)
const stripeSays = event('stripe', BODY, { type: 'claim.created', id: 'evt_1' })

for (const [label, value, why] of [
  ['genuine-first', `t=${NOW},v1=${GENUINE},v1=${WRONG}`],
  ['genuine-last', `t=${NOW},v1=${WRONG},v1=${GENUINE}`],
  ['genuine-among-twenty', `t=${NOW},${`v1=${WRONG},`.repeat(18)}v1=${GENUINE},v1=${WRONG}`],
  ['genuine-twice', `t=${NOW},v1=${GENUINE},v1=${GENUINE}`],
  ['signature-before-time', `v1=${GENUINE},t=${NOW}`],
  ['upper-case-digest', `t=${NOW},v1=${GENUINE.toUpperCase()}`],
  ['v0-beside', `t=${NOW},v1=${GENUINE},v0=${WRONG}`, 'v0 is Stripe’s test signature.'],
  ['other-keys-beside', `a=1,t=${NOW},v2=zz,v1=${GENUINE},v11=${WRONG},V1=zz,=,x=`],
  ['spaces-around-entries', `t=${NOW}, v1=${GENUINE} ,  v0=${WRONG}`],
  ['malformed-beside-genuine', `t=${NOW},v1=zz,v1=${GENUINE}`, 'One good entry is enough.'],
  ['short-beside-genuine', `t=${NOW},v1=${GENUINE.slice(0, 62)},v1=${GENUINE}`],
  ['empty-beside-genuine', `t=${NOW},v1=,v1=${GENUINE}`],
]) {
  accept(`stripe/${label}`, { ...stripe(value), why }, stripeSays)
}
for (const [label, value, error, why] of [
  ['all-wrong', `t=${NOW},v1=${WRONG},v1=${WRONG}`, 'signature_mismatch'],
  ['malformed-and-wrong', `t=${NOW},v1=zz,v1=${WRONG}`, 'signature_mismatch'],
  ['genuine-as-v0-only', `t=${NOW},v0=${GENUINE}`, 'malformed_header', 'A downgrade to another key is not followed.'],
  ['genuine-as-v0-wrong-v1', `t=${NOW},v1=${WRONG},v0=${GENUINE}`, 'signature_mismatch'],
  ['key-in-upper-case', `t=${NOW},V1=${GENUINE}`, 'malformed_header'],
  ['space-before-equals', `t=${NOW},v1 =${GENUINE}`, 'malformed_header'],
  ['space-after-equals', `t=${NOW},v1= ${GENUINE}`, 'malformed_header'],
  ['semicolons', `t=${NOW};v1=${GENUINE}`, 'malformed_header'],
  ['space-for-comma', `t=${NOW} v1=${GENUINE}`, 'malformed_header'],
  ['bare-digest', GENUINE, 'malformed_header'],
  ['no-signature', `t=${NOW}`, 'malformed_header'],
  ['empty-signature', `t=${NOW},v1=`, 'malformed_header'],
  ['all-malformed', `t=${NOW},v1=zz,v1=${GENUINE.slice(2)},v1=${GENUINE}00`, 'malformed_header'],
  ['prefixed-digest', `t=${NOW},v1=sha256=${GENUINE}`, 'malformed_header'],
  ['quoted-digest', `t=${NOW},v1="${GENUINE}"`, 'malformed_header'],
  ['base64-digest', `t=${NOW},v1=${hmac('sha256', SECRET.stripe, `${NOW}.`, BODY).toString('base64')}`, 'malformed_header'],
  ['only-commas', ','.repeat(4000), 'malformed_header'],
  ['thousand-wrong', `t=${NOW}${`,v1=${WRONG.slice(0, 60)}0000`.repeat(100)}`, 'signature_mismatch'],
  ['digest-continued-in-next-entry', `t=${NOW},v1=${GENUINE.slice(0, 32)},v1=${GENUINE.slice(32)}`, 'malformed_header'],
]) {
  refuse(`stripe/${label}`, { ...stripe(value), why }, error)
}

const coverkit = (value) => change(from.coverkit(BODY, { form: 'stamped' }), 'coverkit-signature', () => value)
const stamped = hex('sha256', SECRET.coverkit, `${NOW}.`, BODY)
const bare = hex('sha256', SECRET.coverkit, BODY)
const coverkitSays = event('coverkit', BODY, { type: 'claim.created', id: 'evt_1' })
accept('coverkit/stamped', coverkit(`t=${NOW},v1=${stamped}`), coverkitSays)
accept('coverkit/stamped-genuine-last', coverkit(`t=${NOW},v1=${bare},v1=${stamped}`), coverkitSays)
accept('coverkit/bare', coverkit(bare), coverkitSays)
accept('coverkit/prefixed', coverkit(`sha256=${bare}`), coverkitSays)
refuse('coverkit/plain-digest-in-the-stamped-form', { ...coverkit(`t=${NOW},v1=${bare}`), why: 'The stamped form signs the time too.' }, 'signature_mismatch')
refuse('coverkit/stamped-digest-bare', coverkit(stamped), 'signature_mismatch')
refuse('coverkit/stamped-digest-prefixed', coverkit(`sha256=${stamped}`), 'signature_mismatch')
refuse('coverkit/stamped-without-time', coverkit(`v1=${stamped}`), 'malformed_header')
refuse('coverkit/stamped-without-signature', coverkit(`t=${NOW}`), 'malformed_header')
refuse('coverkit/bare-digest-as-prefix-list', coverkit(`sha256=${bare},sha256=${bare}`), 'malformed_header')

const good = from.standardDigest(BODY)
const bad = from.standardDigest(BODY, { secret: 'whsec_AAECAwQFBgcICQoLDA0ODw==' })
const standard = (value) => change(from.standard(BODY), 'webhook-signature', () => value)
const standardSays = event('standard-webhooks', BODY, { type: 'claim.created', id: from.MESSAGE })
const asymmetric = `v1a,${Buffer.alloc(64, 7).toString('base64')}`
for (const [label, value, why] of [
  ['one', `v1,${good}`],
  ['genuine-first', `v1,${good} v1,${bad}`],
  ['genuine-last', `v1,${bad} v1,${good}`],
  ['genuine-among-twenty', `${`v1,${bad} `.repeat(18)}v1,${good} v1,${bad}`],
  ['asymmetric-beside', `${asymmetric} v1,${good}`, 'v1a is a public-key signature: another entry, passed over.'],
  ['unknown-version-beside', `v2,${good} v1,${good}`],
  ['malformed-beside-genuine', `v1,not*base64 v1,${good}`],
  ['short-beside-genuine', `v1,AAAA v1,${good}`],
]) {
  accept(`standard-webhooks/${label}`, { ...standard(value), why }, standardSays)
}
accept('standard-webhooks/svix-names', from.standard(BODY, { brand: 'svix' }), standardSays)
accept('standard-webhooks/svix-names-upper-case', from.rename(from.standard(BODY, { brand: 'svix' }), (name) => name.toUpperCase()), standardSays)
const unpadded = good.replace(/=+$/, '')
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const loose = unpadded.slice(0, -1) + alphabet[alphabet.indexOf(unpadded.at(-1)) + 1]
for (const [label, value, error, why] of [
  ['all-wrong', `v1,${bad} v1,${bad}`, 'signature_mismatch'],
  ['malformed-and-wrong', `v1,zz v1,${bad}`, 'signature_mismatch'],
  ['asymmetric-alone', asymmetric, 'malformed_header'],
  ['genuine-as-v1a', `v1a,${good}`, 'malformed_header'],
  ['genuine-as-v2', `v2,${good}`, 'malformed_header'],
  ['genuine-as-v2-wrong-v1', `v1,${bad} v2,${good}`, 'signature_mismatch'],
  ['version-in-upper-case', `V1,${good}`, 'malformed_header'],
  ['without-version', good, 'malformed_header'],
  ['version-with-equals', `v1=${good}`, 'malformed_header'],
  ['space-after-version', `v1, ${good}`, 'malformed_header'],
  ['comma-for-space', `v1,${bad},v1,${good}`, 'malformed_header'],
  ['hex-digest', `v1,${Buffer.from(good, 'base64').toString('hex')}`, 'malformed_header'],
  ['unpadded', `v1,${unpadded}`, 'malformed_header', 'Base64 is padded.'],
  ['padded-twice', `v1,${good}=`, 'malformed_header'],
  ['loose-last-bits', `v1,${loose}=`, 'malformed_header', 'The last character has bits that belong to no byte; they are zero.'],
  ['empty-digest', 'v1,', 'malformed_header'],
  ['one-byte-long', 'v1,AA==', 'malformed_header'],
  ['one-byte-longer', `v1,${Buffer.concat([Buffer.from(good, 'base64'), Buffer.alloc(1)]).toString('base64')}`, 'malformed_header'],
  ['newline-inside', `v1,${good.slice(0, 20)}\n${good.slice(20)}`, 'malformed_header'],
  ['thousands-of-spaces', ' '.repeat(4000), 'malformed_header'],
]) {
  refuse(`standard-webhooks/${label}`, { ...standard(value), why }, error)
}
