import * as small from 'hookseal'
import * as explain from 'hookseal/explain'
import * as keys from 'hookseal/public-keys'
import { run } from './cases.mjs'

const libraries = { explain, keys, small }
globalThis.runCases = (name, given) => run(libraries[name], JSON.parse(given))
