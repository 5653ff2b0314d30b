"""The dân vận warehouse: takes reports in, builds and publishes releases. Knows no Airflow and no Streamlit."""
