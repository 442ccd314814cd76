// Timing two things in one run, in turn, so that both meet the same machine.

/** How long one sample takes, in nanoseconds, about: long enough for what is allocated to be collected within it. */
const SAMPLE = 2e6

/** The median time of each in nanoseconds, and the median of the rounds' ratios. */
export async function compare(ours, theirs, rounds) {
  const repeats = [await repeatsOf(ours), await repeatsOf(theirs)]
  const samples = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    // Each goes first as often.
    for (const which of round % 2 ? [0, 1] : [1, 0]) {
      samples[which].push(await time([ours, theirs][which], repeats[which]))
    }
  }
  const ratios = samples[1].map((time, round) => time / samples[0][round])
  return { ours: median(samples[0]), theirs: median(samples[1]), ratio: median(ratios) }
}

async function repeatsOf(run) {
  let repeats = 1
  while ((await time(run, repeats)) * repeats < SAMPLE) repeats *= 2
  // Until it is compiled.
  for (let round = 0; round < 20; round += 1) await time(run, repeats)
  return Math.max(1, Math.round(SAMPLE / (await time(run, repeats))))
}

/** What is asynchronous is awaited; what is not is not made to be. */
async function time(run, repeats) {
  const promised = run() instanceof Promise
  const start = process.hrtime.bigint()
  if (promised) for (let round = 0; round < repeats; round += 1) await run()
  else for (let round = 0; round < repeats; round += 1) run()
  return Number(process.hrtime.bigint() - start) / repeats
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1]
}
