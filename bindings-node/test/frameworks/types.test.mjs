// Compiles types/, which says what the adapters' types must allow and must not.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { load } from './kit.mjs'

const ts = load('typescript')
const types = fileURLToPath(new URL('types/', import.meta.url))
const folder = join(load.resolve('hookseal/package.json'), '../../../types')

const strict = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  target: ts.ScriptTarget.ES2022,
  noEmit: true,
  types: ['node']
}
// The declarations of the frameworks are many, and read once.
const host = ts.createCompilerHost({})
const read = new Map()
const getSourceFile = host.getSourceFile
host.getSourceFile = (name, options, ...rest) => {
  const key = `${options.impliedNodeFormat} ${name}`
  if (!read.has(key)) read.set(key, getSourceFile(name, options, ...rest))
  return read.get(key)
}

const node16 = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 }
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
const node10 = { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 }
const v4 = './node_modules/@types/express4'
const express4 = {
  ...node16,
  baseUrl: join(folder, '..'),
  paths: { express: [v4], 'express-serve-static-core': [`${v4}/node_modules/@types/express-serve-static-core`] }
}

/** What the compiler finds in these files and in the package's own declarations; others' are not ours to mend. */
function problems(names, options) {
  const program = ts.createProgram(names.map((name) => join(folder, name)), { ...strict, ...options }, host)
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder) || fileName.includes('node_modules/hookseal/'))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .concat(program.getOptionsDiagnostics(), program.getGlobalDiagnostics())
    .map(({ file, start, messageText }) => {
      const line = file && file.getLineAndCharacterOfPosition(start).line + 1
      return `${file?.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
}

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
cpSync(types, folder, { recursive: true })
const all = readdirSync(folder).filter((name) => !name.startsWith('node10'))
const modules = all.filter((name) => name.endsWith('.mts'))
assert.equal(modules.length, 6)

test('types: node16, ESM and CommonJS', () => assert.deepEqual(problems(all, node16), []))
test('types: bundler', () => assert.deepEqual(problems(modules, bundler), []))
test('types: node10', () => assert.deepEqual(problems(['node10.ts'], node10), []))
test('types: Express 4', () => assert.deepEqual(problems(['express.mts'], express4), []))

test('types: the compiler looks at them', () => {
  writeFileSync(join(folder, 'wrong.mts'), "import { webhookHandler } from 'hookseal/fetch'\nwebhookHandler(1)\n")
  assert.match(problems(['wrong.mts'], node16).join('\n'), /wrong\.mts:2: .*is not assignable to parameter of type 'Store'/)
})
