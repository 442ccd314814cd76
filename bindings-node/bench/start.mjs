// What loading the package adds to the start of a process, measured as whole processes in turn.
import { spawnSync } from 'node:child_process'

const programs = ['0', "require('hookseal')"]

/**
 * The median times of Node alone and of Node that loads the package that is installed in a folder, and the median
 * difference, in milliseconds.
 */
export function start(folder, rounds) {
  const samples = programs.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    // Each goes first as often.
    for (const which of round % 2 ? [0, 1] : [1, 0]) samples[which].push(time(programs[which], folder))
  }
  const added = samples[1].map((loading, round) => loading - samples[0][round])
  return { alone: median(samples[0]), loading: median(samples[1]), added: median(added) }
}

function time(program, cwd) {
  const began = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, ['--eval', program], { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return Number(process.hrtime.bigint() - began) / 1e6
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1]
}
