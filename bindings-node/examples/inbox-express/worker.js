// Handles what is stored, until SIGTERM: DATABASE_URL=… KASKO_SECRET=… npm run worker
import { Worker } from 'hookseal/inbox'
import { inbox } from './inbox.js'

const worker = new Worker(inbox, async ({ event }, client) => {
  if (event.type !== 'policy.created') return
  await client.query('INSERT INTO policy (id) VALUES ($1)', [event.data.policy_id])
}, { concurrency: 4 })

await worker.run()
process.exit() // the pool's connections would keep it
