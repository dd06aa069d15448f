"""What API Gateway is handed."""

import json

import pytest

from sales_order_config import answer
from sales_order_config.problem import CODES, Problem

EVERYWHERE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": "r-1",
}


def test_a_success_is_json_that_is_not_to_be_kept() -> None:
    assert answer.success({"value": 20, "updated_at": None}, request_id="r-1") == {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json", **EVERYWHERE},
        "body": '{"value":20,"updated_at":null}',
        "isBase64Encoded": False,
    }


@pytest.mark.parametrize("code", CODES)
def test_a_failure_is_a_problem_that_is_not_to_be_kept(code: str) -> None:
    problem = Problem(code, "Something is wrong.", headers={"Allow": "GET"})
    answered = answer.failure(problem, instance="/v0/x", request_id="r-1")
    assert json.loads(answered.pop("body")) == problem.body(instance="/v0/x", request_id="r-1")
    assert answered == {
        "statusCode": CODES[code][0].value,
        "headers": {
            "Content-Type": "application/problem+json",
            **EVERYWHERE,
            **CODES[code][1],
            "Allow": "GET",
        },
        "isBase64Encoded": False,
    }


def test_every_character_arrives_as_it_is() -> None:
    text = 'ü € 😀 \u2028 " \\ \n \x7f'
    assert json.loads(answer.success({"value": text}, request_id="r-1")["body"]) == {"value": text}
