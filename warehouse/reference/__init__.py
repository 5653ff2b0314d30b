"""The only reader of the dbt seeds: indicators, lists, periods and units."""
