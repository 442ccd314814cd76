'use strict'

const { InboxError } = require('./error.js')
const { Claimed, Inbox } = require('./inbox.js')
const { Worker } = require('./worker.js')

module.exports = { Claimed, Inbox, InboxError, Worker }
