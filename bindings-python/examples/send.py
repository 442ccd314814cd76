"""Sends a policy as KASKO would: python send.py <url>"""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import hookseal

webhook = hookseal.Webhook("kasko", os.environ["KASKO_SECRET"])
policy = {"livemode": False, "policy_id": "TEST-POLICY-12345", "status": "active"}
body = json.dumps(policy).encode()
headers = {"Content-Type": "application/json", **webhook.sign(body, type="policy.created")}

try:
    with urlopen(Request(sys.argv[1], body, headers), timeout=60) as response:
        print(response.status)
except HTTPError as error:
    sys.exit(f"{error.code} {error.read().decode()}")
