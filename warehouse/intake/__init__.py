"""The intake reads the files that units send. Its rooms, in the order of their imports; each imports only rooms above it.

messages   every message to a sender (rules.yml), and the findings that carry them
arrive     from the inbox to the archive: claim a file, keep its bytes by hash
workers    child processes with limits of time and memory, which open the files of strangers
files      from bytes to grids of cells: xlsx, xls, ods, CSV
heads      the lines above a table: labels, letterhead, titles, and the unit and period that they name
tables     one table: header, columns, data rows, and what only looks like one
sheets     from grids to tables: blocks below and beside each other, units or periods in columns
cells      from tables to values: numbers, dates, units, periods, lists
checks     the demands of a contract on a column, and on the figures of a row
reports    a report is form × unit × period: gather its rows, decide its status, write the raw rows
bulk       the fast path for long tables; one door, removable
panels     indices that others publish, each described by a mapping file
parse.py   the way of one file on one page, through the rooms from files to panels
history    questions to earlier reports, and how a file compares with the one it corrects
reply      receipts and annotated workbooks for the sender
record     staging, recording and rebuilding the raw store
upload     the page: dry run, handing in, calling the collection

Every step may be killed at any instant and run again. There is no stored queue: a file is pending while it is in the
archive and not in the ledger.
"""
