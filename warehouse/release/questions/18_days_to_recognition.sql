-- vi: Từ khi đăng ký đến khi được công nhận, mô hình mất bao nhiêu ngày?
-- en: How many days did models take from registration to recognition?
select model_name, unit_name, registered_date, recognised_date, recognised_date - registered_date as days_to_recognition
from marts.v_models
where recognised_date is not null
order by days_to_recognition desc
