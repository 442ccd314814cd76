// https://docs.btcpayserver.org/Development/GreenFieldExample-NodeJS/
import { createHmac } from 'node:crypto'

export function sign({ body, secret }) {
  return { 'BTCPay-Sig': 'sha256=' + createHmac('sha256', secret).update(body).digest('hex') }
}
