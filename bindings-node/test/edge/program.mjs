// All cases in a runtime that is like Node: Bun, Deno, or Node itself.
import { readFileSync } from 'node:fs'
import * as hookseal from 'hookseal'
import { run } from './cases.mjs'

console.log(JSON.stringify(run(hookseal, JSON.parse(readFileSync(process.argv[2], 'utf8')))))
