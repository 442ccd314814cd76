'use strict'

/** Each thread has a binding of its own; they share nothing but the code. */

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const THREADS = 8
const ROUNDS = 2000

if (isMainThread) {
  test('threads verify at once', async () => {
    const threads = Array.from({ length: THREADS }, (_, number) => new Worker(__filename, { workerData: number }))
    const ends = threads.map((worker) => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject)))
    assert.deepEqual(await Promise.all(ends), Array(THREADS).fill(ROUNDS))
  })

  test('a thread may end at any time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const worker = new Worker(__filename, { workerData: -1 })
      worker.once('error', (error) => assert.ifError(error))
      await new Promise((resolve) => worker.once('message', resolve))
      await worker.terminate()
    }
  })
} else {
  const { Webhook } = require('hookseal')
  const webhook = new Webhook('claimport', `secret of ${workerData}`)
  const verify = (round) => {
    const body = JSON.stringify({ type: 'claim.created', id: `${workerData}-${round}`, data: { name: 'Zoë ✓' } })
    const event = webhook.verify(body, webhook.sign(body))
    return event.id === `${workerData}-${round}` && event.data.name === 'Zoë ✓'
  }
  if (workerData < 0) {
    verify(0)
    parentPort.postMessage('started')
    for (;;) verify(1)
  }
  let verified = 0
  for (let round = 0; round < ROUNDS; round += 1) verified += verify(round)
  parentPort.postMessage(verified)
}
