"""MyCover.ai's documented Python code, https://docs.mycover.ai/services/webhooks/preliminary.

Answers each body with the signature that a receiver computes. Frames are as in tests/oracle/frames.cjs.
"""

import sys
from json import loads as parsed


def answer(body):
    # What the documentation takes for granted: a framework has parsed the body.
    req_body = parsed(body)
    # From here to the end of the function, as documented.
    import json
    import hashlib
    import hmac
    secret_key = 'MCASECK|49939d32-f649-4de4-ab35-51060ca292f9'
    json_payload = json.dumps(req_body, separators=(',', ':'))
    secret_key_bytes = secret_key.encode()
    hmac_obj = hmac.new(secret_key_bytes, digestmod=hashlib.sha512)
    hmac_obj.update(json_payload.encode())
    signature = hmac_obj.hexdigest()
    return signature


while length := sys.stdin.buffer.read(4):
    signature = answer(sys.stdin.buffer.read(int.from_bytes(length, "big"))).encode()
    sys.stdout.buffer.write(len(signature).to_bytes(4, "big") + signature)
