"""The floor: what Lambda's runtime itself costs."""


def handler(event, context):
    return {"statusCode": 200, "headers": {}, "body": '{"value":20}'}
