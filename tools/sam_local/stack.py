"""The deployed stack in the emulator: its functions, their variables, its table."""

import json
from typing import Any

from tools.local import deployment


class Stack:
    """What was deployed to the emulator at this URL."""

    def __init__(self, emulator_url: str) -> None:
        aws = deployment.session()
        cloudformation = aws.client("cloudformation", endpoint_url=emulator_url)
        resources = cloudformation.describe_stack_resources(StackName=deployment.STACK_NAME)
        self._functions = {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for resource in resources["StackResources"]
            if resource["ResourceType"] == "AWS::Lambda::Function"
        }
        self._lambda = aws.client("lambda", endpoint_url=emulator_url)
        outputs = deployment.outputs(emulator_url)
        self.api_id = outputs["ApiId"]
        self._table = aws.resource("dynamodb", endpoint_url=emulator_url).Table(
            outputs["TableName"]
        )

    def variables(self) -> dict[str, dict[str, str]]:
        """Logical id -> the variables of the deployed function, as sam's --env-vars takes them."""
        return {
            logical_id: self._lambda.get_function_configuration(FunctionName=name)["Environment"][
                "Variables"
            ]
            for logical_id, name in self._functions.items()
        }

    def invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        """What the deployed function answers to the event (Lambda's Invoke API)."""
        answer = self._lambda.invoke(
            FunctionName=self._functions[function], Payload=json.dumps(event).encode()
        )
        found: dict[str, Any] = json.loads(answer["Payload"].read())
        return found

    def items(self) -> dict[str, dict[str, str]]:
        """What is stored, by tenant and document; without ciphertexts, which differ each time."""
        return {
            "{tenant}/{config_name}".format_map(item): {
                name: str(value) for name, value in item.items() if name != "api_key_ciphertext"
            }
            for item in self._table.scan(ConsistentRead=True)["Items"]
        }

    def empty(self) -> None:
        """Delete all that is stored."""
        for item in self.items().values():
            self._table.delete_item(Key={name: item[name] for name in ("tenant", "config_name")})
