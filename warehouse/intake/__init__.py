"""What was sent? From a file in the inbox to rows in the raw store, and back to the sender.

Five steps, each of which may be killed at any instant and simply be run again: `claim` (inbox → archive),
`batch` (archive → staged Parquet, in child processes), `record` (staged → raw store, one transaction a
batch), `returned` (what goes back to the sender) and `rebuild` (the raw store again from the archive alone).
The work queue is not stored anywhere: a file is pending when it is in the archive and not in the ledger.
"""
