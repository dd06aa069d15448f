"""The local stack: the AWS emulator with the deployed template, a token issuer, and a front."""
