"""The commands of the Makefile on one machine: they start, watch and stop Airflow and the dashboard.

- `run`, `load`, `dashboard`, `sql`: one module a command
- `parts`, `ports`, `lock`: processes, ports, and one Airflow a DATA_DIR
- `airflow_home`: Airflow's environment, keys and database
- `progress`, `progress_watch`: the progress of the DAGs, in lines
- `make_sample`, `server_init`, `health`: steps that other processes run
"""
