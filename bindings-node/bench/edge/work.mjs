// What is compared, in any runtime: the module's one synchronous call, and what a receiver writes with WebCrypto.
const SECRET = 'whsec_1b6f2ae8d0444a349cc1f4c8'
const HEADER = 'x-claimport-signature'

/** The two sides, each a function that verifies a delivery of `body` and reads its data. */
export async function sides({ Webhook }, ordinary, text) {
  const body = new TextEncoder().encode(text)
  const webhook = new Webhook('claimport', SECRET)
  const headers = new Headers([...ordinary, ...Object.entries(webhook.sign(body))])
  const usage = [{ name: 'HMAC', hash: 'SHA-256' }, false, ['verify']]
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(SECRET), ...usage)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return {
    ours: () => webhook.verify(body, headers).data,
    theirs: async () => {
      const [, given] = headers.get(HEADER).split('=')
      const signature = Uint8Array.from(given.match(/../g), (byte) => Number.parseInt(byte, 16))
      if (!(await crypto.subtle.verify('HMAC', key, signature, body))) throw new Error('forged')
      return JSON.parse(decoder.decode(body)).data
    }
  }
}

/** Runs a side so often, one after the other. */
export async function repeat(run, count) {
  if (run() instanceof Promise) for (let round = 0; round < count; round += 1) await run()
  else for (let round = 0; round < count; round += 1) run()
}

/** The medians of both sides in microseconds, and of the rounds' ratios, where the runtime's own clock tells the time. */
export async function measure(library, ordinary, payloads, rounds) {
  const timed = async (run, count) => {
    const start = performance.now()
    await repeat(run, count)
    return ((performance.now() - start) * 1000) / count
  }
  const measured = []
  for (const text of payloads) {
    const { ours, theirs } = await sides(library, ordinary, text)
    measured.push(await paired((count) => timed(ours, count), (count) => timed(theirs, count), rounds))
  }
  return measured
}

/** About so many microseconds is one sample: browsers' clocks are coarse. */
const SAMPLE = 20_000

/** Takes samples of both in turn; each gives the microseconds of one run, of so many. */
export async function paired(ours, theirs, rounds) {
  const both = [ours, theirs]
  const counts = []
  for (const time of both) {
    let count = 16
    while ((await time(count)) * count < SAMPLE) count *= 2
    // Until it is compiled.
    for (let round = 0; round < 20; round += 1) await time(count)
    counts.push(count)
  }
  const samples = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    for (const which of round % 2 ? [0, 1] : [1, 0]) samples[which].push(await both[which](counts[which]))
  }
  const ratios = samples[1].map((theirs, round) => theirs / samples[0][round])
  return { ours: median(samples[0]), theirs: median(samples[1]), ratio: median(ratios) }
}

export const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1]
