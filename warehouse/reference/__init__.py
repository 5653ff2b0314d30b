"""The facts that the warehouse knows before any file arrives. Only this room reads the seeds of the dbt project.

- `seeds`: the rows of a seed
- `periods`: reporting periods, their codes and their names
- `indicators`: the indicators of form BC, and who owes which
- `lists`: the configurable lists, such as fields and activity types
- `units`: which unit a code or a name means
- `context`: all of these as one object, and the day that counts as today
"""
