"""An answer as a Lambda proxy integration takes it (API Gateway, payload format 1.0)."""

import json
from collections.abc import Mapping
from typing import Any

from sales_order_config.problem import Problem

type ProxyAnswer = dict[str, Any]


def success(body: Mapping[str, Any], *, request_id: str) -> ProxyAnswer:
    """200 with a JSON body."""
    return _render(200, body, "application/json", {}, request_id)


def failure(problem: Problem, *, instance: str, request_id: str) -> ProxyAnswer:
    """A problem details answer; instance: the request's path."""
    body = problem.body(instance=instance, request_id=request_id)
    return _render(
        int(problem.status), body, "application/problem+json", problem.headers, request_id
    )


def _render(
    status: int,
    body: Mapping[str, Any],
    content_type: str,
    headers: Mapping[str, str],
    request_id: str,
) -> ProxyAnswer:
    return {
        "statusCode": status,
        "headers": {
            "Content-Type": content_type,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Request-Id": request_id,
            **headers,
        },
        "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "isBase64Encoded": False,
    }
