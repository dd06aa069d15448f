"""What the twelve document functions share: the HTTP edge, the documents and the store."""

import gc

# Init makes objects that all stay: at Python's own threshold of 2,000 they would be looked through
# again and again, for some 6 % of a cold start.
gc.set_threshold(100_000)
