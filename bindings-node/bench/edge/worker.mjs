// In workerd, whose clock stands still while a program computes: who asks tells the time. POST /SIDE/COUNT runs one side.
import * as hookseal from 'hookseal'
import { repeat, sides } from './work.mjs'

const made = new Map()

export default {
  async fetch(request) {
    const [, side, count] = new URL(request.url).pathname.split('/')
    const text = await request.text()
    if (!made.has(text)) {
      const { ordinary, body } = JSON.parse(text)
      made.set(text, await sides(hookseal, ordinary, body))
    }
    if (Number(count) > 0) await repeat(made.get(text)[side], Number(count))
    return new Response(null, { status: 204 })
  }
}
