"""Reading and writing a document over HTTP: a request's way, and what becomes of a fault."""

import json
import os
import traceback
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from sales_order_config import answer, store
from sales_order_config.body import read_json
from sales_order_config.problem import Problem
from sales_order_config.request import LambdaContext, Request
from sales_order_config.store import Stored

if TYPE_CHECKING:
    from sales_order_config.document import Document

type Handler = Callable[[dict[str, Any], LambdaContext], answer.ProxyAnswer]
type Reveal = Callable[[Request, Stored], Any]

DOCUMENTS = Path(__file__).parent / "documents"

logger = Logger()


def as_stored(_request: Request, stored: Stored) -> Any:
    """The value of a document without a secret."""
    return json.loads(stored.value)


def read(config_name: str, reveal: Reveal = as_stored) -> Handler:
    """A handler that answers GET: value, updated_at (null when never set) and schema."""
    published = json.loads((DOCUMENTS / f"{config_name}.json").read_bytes())

    def get(request: Request) -> dict[str, Any]:
        stored = store.get(request, config_name)
        if stored is not None:
            value, updated_at = reveal(request, stored), stored.updated_at
        elif published["default"] is not None:
            value, updated_at = published["default"], None
        else:
            raise Problem("not_found", "This document has never been set.")
        return {"value": value, "updated_at": updated_at, "schema": published["schema"]}

    return _handler(get)


def write[D: "Document"](
    document: type[D],
    save: Callable[[Request, D], Stored] = store.save,
    reveal: Reveal = as_stored,
) -> Handler:
    """A handler that answers PUT, and POST alike: value and updated_at as they are stored now."""

    def put(request: Request) -> dict[str, Any]:
        stored = save(request, document.parse(read_json(request)))
        return {"value": reveal(request, stored), "updated_at": stored.updated_at}

    return _handler(put)


def _handler(operation: Callable[[Request], dict[str, Any]]) -> Handler:
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        store.dynamodb()  # made during init, which has a whole CPU

    def handler(event: dict[str, Any], context: LambdaContext) -> answer.ProxyAnswer:
        call = event["requestContext"]
        try:
            body = operation(Request.of(event, context))
            answered = answer.success(body, request_id=call["requestId"])
        except Exception as error:  # noqa: BLE001 - the one place that turns faults into answers
            problem = error if isinstance(error, Problem) else Problem("internal_server_error")
            _log_failure(problem, error)
            answered = answer.failure(problem, instance=call["path"], request_id=call["requestId"])
        logger.info(
            "answered",
            method=call["httpMethod"],
            path=call["path"],
            status=answered["statusCode"],
            tenant=call.get("authorizer", {}).get("tenant"),
            correlation_id=call["requestId"],
        )
        return answered

    return handler


def _log_failure(problem: Problem, error: Exception) -> None:
    """What an operator needs of a 5xx. No exception's text: it may hold what a client sent."""
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        cause = error.__cause__ or error
        response = getattr(cause, "response", None) or {}  # None where the service did not answer
        logger.error(
            "the answer is a failure",
            error_code=problem.code,
            exception=type(cause).__name__,
            service_error=response.get("Error", {}).get("Code"),
            frames=traceback.format_tb(cause.__traceback__),
        )
