// Makes of the library one file, as it is released: each file that a process loads takes it a good part of a millisecond.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** Writes into `index.js` of the folder all that it loads of the library's own. */
export function bundle(folder) {
  const index = join(folder, 'index.js')
  const modules = new Map()
  const text = inlined(index, folder, modules)
  writeFileSync(index, text.replace("'use strict'\n", () => `'use strict'\n${[...modules.values()].join('\n')}`))
}

/** A module's text, in which what it requires of the library is a value by then; `modules` are in the order they load in. */
function inlined(file, folder, modules) {
  return readFileSync(file, 'utf8').replace(/require\('(\.[^']+)'\)/g, (all, path) => {
    const required = resolve(dirname(file), path)
    // What is no module of the library stays where it is.
    if (basename(dirname(required)) !== 'lib') return all.replace(path, `./${relative(folder, required)}`)
    const name = `$${basename(required, '.js')}`
    if (!modules.has(required)) {
      modules.set(required, undefined)
      const text = inlined(`${required.replace(/\.js$/, '')}.js`, folder, modules)
      modules.delete(required)
      modules.set(required, `const ${name} = ((module) => {\n${text}\nreturn module.exports\n})({ exports: {} })\n`)
    }
    return name
  })
}
