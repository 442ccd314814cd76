'use strict'

/** The declarations, compiled as users' programs compile them. Needs no more than one version of Node. */

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const ts = require('typescript')

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

/** The part of a framework's, a driver's or the package's own type that is needed, whose members are documented there. */
const isOthers = /^(?:HeadersObject|Http|Fetch|Sqlite|Pg|Mysql|SignedRequest|Verifier|Store|Logger|WebhookGuard)/

/** What is declared and not documented, in a file of declarations. */
function undocumented(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const found = []
  let count = 0
  const look = (node, inside) => {
    const isPublic = !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private)
    if (!ts.isExportDeclaration(node) && !ts.isImportDeclaration(node) && node.name && isPublic) {
      const name = [...inside, node.name.getText()]
      count += 1
      // Of several signatures, the first speaks for all; an override in a class of errors says what its class says.
      const isNamesake = node.parent.members?.some((other) => other !== node && other.name?.getText() === node.name.getText() && ts.getJSDocCommentsAndTags(other).length > 0)
      if (ts.getJSDocCommentsAndTags(node).length === 0 && !isNamesake) found.push(name.join('.'))
      if (!isOthers.test(name[0])) for (const member of node.members ?? []) look(member, name)
    }
  }
  ts.forEachChild(source, (node) => {
    if (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) look(node, [])
  })
  return { found, count }
}

test('whatever is exported is documented where an editor shows it', () => {
  const files = ['index.d.ts', 'inbox/index.d.ts', ...fs.readdirSync(path.join(__dirname, '../adapters')).filter((name) => name.endsWith('.d.ts')).map((name) => `adapters/${name}`)]
  const looked = files.map((name) => undocumented(path.join(__dirname, '..', name)))
  assert.deepEqual(looked.flatMap(({ found }) => found), [])
  assert.ok(looked.every(({ count }) => count > 0))
})
