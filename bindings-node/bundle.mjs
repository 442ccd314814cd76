// Makes of the library one file, as it is released: each file that a process loads takes it a good part of a millisecond.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** Writes into `index.js` of the folder all that it loads of the library's own. */
export function bundle(folder) {
  const index = join(folder, 'index.js')
  writeFileSync(index, bundled(index, folder))
}

/**
 * The text of a module with all that it loads from the folders of these names. `others` are files that stand in the place
 * of some, by their paths.
 */
export function bundled(file, folder, names = ['lib'], others = {}) {
  const modules = new Map()
  const text = inlined(file, { folder, names, others, modules })
  return text.replace("'use strict'\n", () => `'use strict'\n${[...modules.values()].join('\n')}`)
}

/** A module's text, in which what it requires of the library is a value by then; `modules` are in the order they load in. */
function inlined(file, bundle) {
  const { folder, names, others, modules } = bundle
  return readFileSync(file, 'utf8').replace(/require\('(\.[^']+)'\)/g, (all, path) => {
    const meant = `${resolve(dirname(file), path).replace(/\.js$/, '')}.js`
    const required = others[meant] ?? meant
    // What is no module of the library stays where it is.
    if (!names.includes(basename(dirname(required)))) return all.replace(path, `./${relative(folder, resolve(dirname(file), path))}`)
    const name = `$${basename(required, '.js')}`
    if (!modules.has(required)) {
      modules.set(required, undefined)
      const text = inlined(required, bundle)
      modules.delete(required)
      modules.set(required, `const ${name} = ((module) => {\n${text}\nreturn module.exports\n})({ exports: {} })\n`)
    }
    return name
  })
}
