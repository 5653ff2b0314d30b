{{ latest_records(ref('stg_raw__activities'), ['activity_code']) }}
