export { Claimed, Inbox, InboxError, Worker } from './index.js'
