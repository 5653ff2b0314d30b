{{ latest_records(ref('stg_raw__documents'), ['document_no']) }}
