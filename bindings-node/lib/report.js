'use strict'

const { inspection } = require('./host')

/** What `Webhook.explain` found out. All of its words are the core's. */
class Report {
  #json
  #text

  constructor(json, text) {
    this.#json = json
    const { verifies, error, findings, ruled_out: ruledOut } = JSON.parse(json)
    this.verifies = verifies
    this.error = error
    this.findings = Object.freeze(findings.map(Object.freeze))
    this.ruledOut = Object.freeze(ruledOut)
    this.#text = text
    Object.freeze(this)
  }

  /** The form that all languages share. */
  toJSON() {
    return JSON.parse(this.#json)
  }

  toString() {
    return this.#text
  }

  [inspection]() {
    return this.#text
  }
}

module.exports = { Report }
