"""The chain of chain.ts, as a program in Python would have it."""

import os
from uuid import uuid4

from generated.client import AuthenticatedClient
from generated.api.bank import search_bank
from generated.api.orders import cancel_order, create_order, list_orders, submit_order, take_order
from generated.models import (
    BankCriteria,
    BankSearchForm,
    BankSearchView,
    NewOrder,
    OrderCancellation,
    OrderPage,
    OrderView,
    Problem,
    SearchCriteria,
)

URL = os.environ["KOKEMUSVAYLA_URL"]
orderer = AuthenticatedClient(base_url=URL, token=os.environ["ORDERER"])
liaison = AuthenticatedClient(base_url=URL, token=os.environ["LIAISON"])


def order(answer: OrderView | Problem | None) -> OrderView:
    """The order in an answer that is one."""
    assert isinstance(answer, OrderView), answer
    return answer


listed = list_orders.sync(client=orderer, limit=1)
assert isinstance(listed, OrderPage), listed
earlier = listed.items[0]

made = order(
    create_order.sync(
        client=orderer,
        body=NewOrder(node_id=earlier.node_id, form=earlier.form),
        idempotency_key=str(uuid4()),
    )
)
assert made.state.name == "draft"
assert order(submit_order.sync(made.id, client=orderer)).state.name == "submitted"
early = submit_order.sync(made.id, client=orderer)
assert isinstance(early, Problem) and early.code == "out_of_turn", early
assert order(take_order.sync(made.id, client=liaison)).state.name == "brokering"

found = search_bank.sync(
    client=liaison,
    body=BankSearchForm(
        order_id=made.id, criteria=BankCriteria(required=SearchCriteria(task_types=["lecture"]))
    ),
)
assert isinstance(found, BankSearchView) and found.found > 0, found

cancelled = cancel_order.sync(
    made.id, client=orderer, body=OrderCancellation(reason="Tilaisuus peruuntui.")
)
assert order(cancelled).state.name == "cancelled"
print("openapi-python-client: order, submit, take, search, cancel")
