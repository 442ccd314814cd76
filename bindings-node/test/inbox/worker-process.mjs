// A worker in a process of its own, which the test stops or kills: worker-process.mjs KIND NAME MODE
import { kinds, load, write } from './kinds.mjs'


const { Webhook } = load('hookseal')
const { Inbox, Worker } = load('hookseal/inbox')

const [kindName, name, mode] = process.argv.slice(2)
const kind = kinds.find((one) => one.name === kindName)
const { database, close } = await kind.open(name)
const webhook = new Webhook('coverkit', 'whsec_1b6f2ae8d0444a349cc1f4c8')
const inbox = new Inbox(database, { webhook, prefix: `${name}_`, backoff: { attempts: 10, first: 0, longest: 0 } })

const log = (line) => console.log(line)
const worker = new Worker(
  inbox,
  async (claimed, connection) => {
    await write(connection, `INSERT INTO ${name}_effect (seq) VALUES (${claimed.seq})`)
    if (mode === 'works') return
    console.log('working')
    // Until it is killed, or, if it is told to stop, for long enough to be told within.
    await new Promise((resolve) => {
      const kept = setInterval(() => {}, 1000)
      if (mode === 'stops') process.once('SIGTERM', () => setImmediate(() => { clearInterval(kept); resolve() }))
    })
  },
  { idle: 0.05, logger: { info: log, warn: log, error: log } }
)
await worker.run()
await close()
console.log('stopped')
