{{ latest_records(ref('stg_raw__commitments'), ['item_code']) }}
