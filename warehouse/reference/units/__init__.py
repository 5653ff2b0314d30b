"""Which unit a code or a name means on a date. Each module uses only those below it.

- `register`: all versions of all units, and the answer to a code, a name or both
- `search`: which units a name can mean, inside its parent
- `index`: the names of all units, indexed for each kind of question
- `names`: typed names and codes in forms that can be compared
- `patterns`: what a damaged name can stand for
"""
