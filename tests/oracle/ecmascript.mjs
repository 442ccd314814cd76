// What JSON.stringify(JSON.parse(text)) gives for each text; an empty answer for what is not JSON.
import frames from './frames.cjs'

frames.answerFrames((text) => {
  let value
  try {
    value = JSON.parse(text.toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return ''
    throw error
  }
  return JSON.stringify(value)
})
