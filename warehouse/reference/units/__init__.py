"""The unit that a code or a name means on a date. Each module imports only modules below it in this list.

- `register`: all versions of all units, and the answer to a code, a name or both
- `search`: the units that a name can mean, inside its parent
- `index`: the names of all units, indexed for each kind of question
- `names`: typed names and codes in forms that can be compared
- `patterns`: the names that a damaged name can stand for
"""
