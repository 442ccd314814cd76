'use strict'

/** The conformance cases, as every surface's runner reads them. */

const fs = require('node:fs')
const path = require('node:path')

const root = path.join(__dirname, '../..')

function jsonFiles(folder) {
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))])
}

/** Every case in `tests/vectors`. */
function vectors() {
  const files = jsonFiles(path.join(root, 'tests/vectors')).filter(([name]) => name !== 'schema.json')
  return files.flatMap(([, file]) => file.cases)
}

/** Every provider's sample deliveries. */
function samples() {
  const folder = path.join(root, 'core/providers')
  const providers = fs.readdirSync(folder).map((name) => path.join(folder, name, 'samples'))
  return providers.filter((samples) => fs.existsSync(samples)).flatMap((samples) => jsonFiles(samples).map(([, sample]) => sample))
}

function bodyOf(test) {
  return test.body === undefined ? Buffer.from(test.body_base64, 'base64') : Buffer.from(test.body)
}

/** The secrets: as text where a case has them so. */
function secretsOf(test) {
  return test.secrets ?? test.secrets_base64.map((secret) => Buffer.from(secret, 'base64'))
}

module.exports = { bodyOf, root, samples, secretsOf, vectors }
