# One image for Airflow's services and the dashboard; docker-compose.yml says which one a container is.
FROM python:3.11-slim-bookworm

ENV PATH=/opt/venv/bin:$PATH \
    VIRTUAL_ENV=/opt/venv \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1

COPY requirements/uv.txt requirements/compose.txt /opt/requirements/
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /opt/requirements/uv.txt \
    && uv pip install --no-cache --compile-bytecode --require-hashes -r /opt/requirements/compose.txt

# The data folder belongs to the user who writes in it: a new volume takes over its owner.
RUN useradd --uid 1000 --no-create-home --shell /usr/sbin/nologin warehouse \
    && install -d -o warehouse -g warehouse /data /data/inbox

WORKDIR /app
COPY .streamlit .streamlit
COPY ops ops
COPY dags dags
COPY dbt_project dbt_project
COPY warehouse warehouse
COPY dashboard dashboard
RUN python -m compileall -q ops dags warehouse dashboard

# Named in each release; without a value it says so.
ARG CODE_COMMIT=
ENV CODE_COMMIT=$CODE_COMMIT

# The file system may be read-only: what is written goes to /data, and what is not kept to /tmp.
ENV HOME=/tmp \
    DATA_DIR=/data \
    AIRFLOW_HOME=/tmp/airflow \
    AIRFLOW_CONFIG=/app/ops/airflow.cfg
USER warehouse
