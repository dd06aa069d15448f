"""Completes what the emulator's import of SAM's API body leaves out.

It drops ANY methods and gateway responses; both are put from the processed template's own body,
so that the local gateway is the one that template.yaml declares. AWS needs none of this.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_apigateway import APIGatewayClient
    from types_boto3_apigateway.literals import GatewayResponseTypeType

ANY = "x-amazon-apigateway-any-method"
GATEWAY_RESPONSES = "x-amazon-apigateway-gateway-responses"


def complete(
    client: "APIGatewayClient", api_id: str, body: dict[str, Any], physical_ids: dict[str, str]
) -> None:
    """Put the ANY methods and gateway responses, and deploy them to the stage.

    body: the API's OpenAPI body in the processed template; physical_ids: of every logical one.
    """
    resources = client.get_resources(restApiId=api_id, limit=500)["items"]
    ids = {resource["path"]: resource["id"] for resource in resources}
    for path, methods in body["paths"].items():
        if ANY in methods:
            _put_any(client, api_id, ids[path], methods[ANY], physical_ids)
    for kind, response in body[GATEWAY_RESPONSES].items():
        _put_response(client, api_id, kind, response)
    deployment = client.create_deployment(restApiId=api_id)["id"]
    for stage in client.get_stages(restApiId=api_id)["item"]:
        client.update_stage(
            restApiId=api_id,
            stageName=stage["stageName"],
            patchOperations=[{"op": "replace", "path": "/deploymentId", "value": deployment}],
        )


def _put_any(
    client: "APIGatewayClient",
    api_id: str,
    resource_id: str,
    method: dict[str, Any],
    physical_ids: dict[str, str],
) -> None:
    client.put_method(
        restApiId=api_id, resourceId=resource_id, httpMethod="ANY", authorizationType="NONE"
    )
    uri = method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
    known = physical_ids | {"AWS::Region": client.meta.region_name}  # an alias's is its ARN
    client.put_integration(
        restApiId=api_id,
        resourceId=resource_id,
        httpMethod="ANY",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=re.sub(r"\$\{([\w:]+)\}", lambda reference: known[reference[1]], uri),
    )


def _put_response(
    client: "APIGatewayClient",
    api_id: str,
    kind: "GatewayResponseTypeType",
    response: dict[str, Any],
) -> None:
    client.put_gateway_response(
        restApiId=api_id,
        responseType=kind,
        statusCode=str(response["statusCode"]),
        responseParameters=response["responseParameters"],
        responseTemplates=response["responseTemplates"],
    )
