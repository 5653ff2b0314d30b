{{ latest_records(ref('stg_raw__model_registrations'), ['model_code']) }}
