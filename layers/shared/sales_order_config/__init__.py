"""What the twelve document functions share: the HTTP edge, the documents and the store."""
