{{ latest_records(ref('stg_raw__model_events'), ['model_code', 'event', 'event_date']) }}
