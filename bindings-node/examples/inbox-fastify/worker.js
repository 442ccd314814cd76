// Handles what is stored, until SIGTERM: COVERKIT_SECRET=… npm run worker
import { Worker } from 'hookseal/inbox'
import { inbox } from './inbox.js'

const worker = new Worker(inbox, ({ event }, database) => {
  database.prepare('INSERT INTO seen (type, id) VALUES (?, ?)').run(event.type, event.id)
})

await worker.run()
