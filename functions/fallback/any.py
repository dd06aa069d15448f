"""Every method and path that no other function has: 404, or 405 with Allow."""

from typing import Any

from sales_order_config.answer import ProxyAnswer, failure
from sales_order_config.problem import Problem
from sales_order_config.routes import ROUTES


def handler(event: dict[str, Any], _context: object) -> ProxyAnswer:
    """Answer from the table of routes; needs no token."""
    call = event["requestContext"]
    methods = ROUTES.get(call["path"])
    if methods is None:
        problem = Problem("not_found", "There is nothing at this path.")
    else:
        allow = ", ".join(methods)
        problem = Problem(
            "method_not_allowed", f"This path knows {allow} only.", headers={"Allow": allow}
        )
    return failure(problem, instance=call["path"], request_id=call["requestId"])
