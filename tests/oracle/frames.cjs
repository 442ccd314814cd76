// Reads every frame of the standard input and answers each: a frame is its length, four bytes, most significant first,
// and that many bytes.
const { readFileSync, writeSync } = require('fs')

function answerFrames(answer) {
  const input = readFileSync(0)
  const frames = []
  for (let at = 0; at < input.length; ) {
    const start = at + 4
    at = start + input.readUInt32BE(at)
    frames.push(frame(answer(input.subarray(start, at))))
  }
  write(Buffer.concat(frames))
}

function frame(content) {
  const bytes = Buffer.from(content)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function write(bytes) {
  for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at)
}

module.exports = { answerFrames }
