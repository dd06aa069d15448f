"""What the twelve document functions share: the HTTP edge, the documents and the store."""

import gc

# Init makes some 100,000 objects that all stay: Python's own threshold of 2,000 would look through
# them again and again, which is a tenth of a cold start.
gc.set_threshold(100_000)
