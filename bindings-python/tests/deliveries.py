"""Deliveries that the tests spoil in one way or another."""

from __future__ import annotations

from typing import NamedTuple

KASKO = "whsec_1b6f2ae8d0444a349cc1f4c8"
BODY = '{"policy_id":"P-1","livemode":false,"first_name":"Adébáyọ̀","n":[1,2.5,null]}'.encode()


class Delivery(NamedTuple):
    body: bytes
    headers: dict[str, str]
