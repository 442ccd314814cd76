// https://github.com/HubSpot/hubspot-api-python/blob/HEAD/hubspot/utils/signature.py
import { createHmac } from 'node:crypto'

export function sign({ body, secret, header, constants }) {
  const content = 'POST' + constants.target_url + body + header('x-hubspot-request-timestamp')
  return { 'X-HubSpot-Signature-v3': createHmac('sha256', secret).update(content).digest('base64') }
}
