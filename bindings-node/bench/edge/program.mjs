// In a runtime that is like Node.
import { readFileSync } from 'node:fs'
import * as hookseal from 'hookseal'
import { measure } from './work.mjs'

const { ordinary, payloads, rounds } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
console.log(JSON.stringify(await measure(hookseal, ordinary, payloads, rounds)))
