// Each frame encoded as the arguments name it, one encoding after another: what a sender in Node sends.
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import frames from './frames.cjs'

// As a server compresses while it answers: the highest quality takes seconds.
const br = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
// What RFC 7932 does not have: a window of up to 1 GiB.
const brLarge = (body) =>
  brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: true,
      [constants.BROTLI_PARAM_LGWIN]: 30,
    },
  })
const encoders = {
  gzip: gzipSync,
  deflate: deflateSync,
  'deflate-raw': deflateRawSync,
  br,
  'br-large': brLarge,
}
const names = process.argv.slice(2)

frames.answerFrames((body) => names.reduce((encoded, name) => encoders[name](encoded), body))
