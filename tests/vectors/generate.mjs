#!/usr/bin/env node
// Writes the generated case files beside this script, or into the directory given.
// The same input gives the same bytes: no clock, no unseeded randomness.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { write } from './generator/kit.mjs'

const GROUPS = [
  'rotation',
  'headers',
  'timestamps',
  'lists',
  'general',
  'events',
  'bodies',
  'json-values',
  'json-syntax',
  'mycover',
  'borders',
  'schemes',
  'requests',
  'keys',
  'envelopes',
  'setup',
]

const target = process.argv[2] ?? dirname(fileURLToPath(import.meta.url))
mkdirSync(target, { recursive: true })

const names = new Set()
let total = 0
for (const group of GROUPS) {
  const { default: suites } = await import(`./generator/${group}.mjs`)
  for (const { name, description, cases } of [suites].flat()) {
    for (const entry of cases) {
      if (names.has(entry.name)) throw new Error(`two cases are named ${entry.name}`)
      names.add(entry.name)
    }
    writeFileSync(join(target, `${name}.json`), `${write({ description, cases })}\n`)
    console.log(`${String(cases.length).padStart(5)}  ${name}.json`)
    total += cases.length
  }
}
console.log(`${String(total).padStart(5)}  cases`)
