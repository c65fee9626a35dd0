"""Where the data is kept and carried: the journals, the snapshot, ledgers and samples.

The only package that opens a file of the store or names TinyDB. It knows `core` and nobody
else; what it refuses goes out as `StoreError`, without a sentence.
"""
