// In a browser.
import * as hookseal from 'hookseal'
import { measure } from './work.mjs'

globalThis.measure = ({ ordinary, payloads, rounds }) => measure(hookseal, ordinary, payloads, rounds)
