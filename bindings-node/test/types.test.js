'use strict'

/** The declarations, compiled as users' programs compile them. Needs no more than one version of Node. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { providers } = require('hookseal')

const folder = path.join(__dirname, 'types')
const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')
const projects = fs.readdirSync(folder).filter((name) => name.startsWith('tsconfig.'))

test('there are the projects that are meant to be', () => {
  assert.deepEqual(projects, ['tsconfig.augmented.json', 'tsconfig.bundler.json', 'tsconfig.node16.json'])
})

for (const project of projects) {
  test(`tsc --strict accepts ${project}`, () => {
    const { status, stdout } = spawnSync(process.execPath, [compiler, '--project', path.join(folder, project)], { encoding: 'utf8' })
    assert.equal(status, 0, stdout)
  })
}

test('the declared providers are the known ones', () => {
  const declared = fs.readFileSync(path.join(__dirname, '../types/index.d.ts'), 'utf8')
  const [, body] = declared.match(/interface Providers \{\n([^}]*(?:\{\}[^}]*)*)\n\}/)
  const names = [...body.matchAll(/^ {2}'?([\w-]+)'?: /gm)].map(([, name]) => name)
  assert.deepEqual(names, [...providers])
})
