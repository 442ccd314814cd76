from __future__ import annotations

import pytest
from deliveries import BODY, KASKO, Delivery

import hookseal


@pytest.fixture
def kasko() -> hookseal.Webhook:
    return hookseal.Webhook("kasko", KASKO)


@pytest.fixture
def delivery(kasko: hookseal.Webhook) -> Delivery:
    return Delivery(BODY, kasko.sign(BODY, type="policy.created", id="d-1"))
