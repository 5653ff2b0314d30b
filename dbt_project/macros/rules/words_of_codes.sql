{#- The Vietnamese words for codes that no list of a form has, by family. Tests compare them with the words of forms and pages. -#}
{% macro words_of_codes(family) -%}
{{ return({
    'change_class': {
        'better': 'Tốt lên', 'worse': 'Kém đi', 'no_real_change': 'Không thay đổi thật sự', 'too_few': 'Chưa đủ số liệu'
    },
    'form': {
        'BC': 'Báo cáo chỉ tiêu', 'DK': 'Đăng ký mô hình "Dân vận khéo"', 'HD': 'Hoạt động công tác dân vận',
        'KN': 'Hạn chế, kiến nghị, kết luận', 'TD': 'Tiến độ, công nhận, khen thưởng mô hình', 'TX': 'Bình xét thi đua',
        'VB': 'Văn bản và quán triệt'
    },
    'kind': {'collective': 'Tập thể', 'individual': 'Cá nhân'},
    'level': {
        'country': 'Cả nước', 'province': 'Cấp tỉnh', 'district': 'Cấp huyện', 'commune': 'Cấp xã', 'body': 'Cơ quan, tổ chức',
        'village': 'Thôn, tổ dân phố'
    },
    'model_status': {
        'registered': 'Đã đăng ký', 'in_progress': 'Đang thực hiện', 'recognised': 'Đã được công nhận',
        'awarded': 'Đã được khen thưởng', 'replicated': 'Đã được nhân rộng', 'stopped': 'Đã dừng'
    },
    'result_reason': {
        'no_target': 'Không nêu chỉ tiêu phấn đấu', 'no_result': 'Chưa có kết quả đo', 'not_comparable': 'Không so sánh được',
        'not_yet_due': 'Chưa đến hạn'
    },
    'result_verdict': {'reached': 'Đạt chỉ tiêu', 'not_reached': 'Chưa đạt chỉ tiêu', 'not_known': 'Chưa rõ'},
    'report_status': {
        'on_time': 'Đúng hạn', 'late': 'Muộn', 'missing': 'Chưa có', 'not_yet_due': 'Chưa đến hạn'
    },
    'source_type': {
        'self_review': 'Tự kiểm tra, đánh giá', 'dialogue': 'Đối thoại', 'inspection': 'Kiểm tra', 'supervision': 'Giám sát',
        'conference': 'Hội nghị', 'reception': 'Tiếp công dân'
    },
    'verdict': {
        'met': 'Đạt', 'narrowly_met': 'Đạt, sát ngưỡng', 'narrowly_missed': 'Chưa đạt, sát ngưỡng', 'missed': 'Chưa đạt',
        'no_target': 'Chưa có mục tiêu'
    }
}[family]) }}
{%- endmacro %}

{#- The Vietnamese word for the code in a column; null for a code without a word. -#}
{% macro word_vi(column, family) -%}
case {{ column }}
    {%- for code, word in words_of_codes(family).items() %} when '{{ code }}' then '{{ word }}'{% endfor %} end
{%- endmacro %}

{#- A left join to the item of a list that a column names by its code. -#}
{% macro join_list_item(alias, list, column) -%}
left join {{ ref('dim_list_items').include(database=false) }} as {{ alias }}
    on {{ alias }}.list_item_key = concat('{{ list }}:', {{ column }})
{%- endmacro %}

{#- The columns of a view that say which unit a row is of: `units` is its row of dim_units. -#}
{% macro unit_columns() -%}
units.unit_key,
    units.unit_code,
    units.unit_name,
    units.level,
    {{ word_vi('units.level', 'level') }} as level_name_vi,
    units.parent_unit_key,
    units.parent_unit_name,
    units.province_code,
    units.province_name,
    units.current_province_code,
    units.current_province_name
{%- endmacro %}
