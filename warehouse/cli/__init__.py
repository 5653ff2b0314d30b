"""`python -m warehouse …`: one module a subcommand, all of them named in `COMMANDS`."""

from __future__ import annotations

import argparse
import importlib
import sys

# Name and summary. The module `warehouse.cli.<name>`, with an underscore for a dash, has `add_arguments(parser)` and
# `run(arguments) -> exit code`. It is imported only when needed: `check` should not wait for the imports of `releases`.
COMMANDS = {
    "template": "write the workbook of a form for one unit and period",
    "check": "read and check a file as a dry run",
    "releases": "list what was published",
    "rollback": "put an earlier release back",
    "inspection-pack": "one topic of a unit over years as a ZIP file for an outside inspection",
    "known-on": "every table as it was known at the end of a day, as a file of its own",
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=__doc__)
    subcommands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        subparser = subcommands.add_parser(name, help=summary, description=summary)
        if words and words[0] == name:
            module = importlib.import_module(f"warehouse.cli.{name.replace('-', '_')}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    arguments = parser.parse_args(words)
    code: int = arguments.run(arguments)
    return code
