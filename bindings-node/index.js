'use strict'

const { providerNames } = require('./lib/binding')
const { classes } = require('./lib/errors')
const { Event } = require('./lib/event')
const { Report } = require('./lib/report')
const { Scheme } = require('./lib/scheme')
const { Webhook } = require('./lib/webhook')

module.exports = { Webhook, Scheme, Event, Report, providers: Object.freeze(providerNames()), ...classes }
