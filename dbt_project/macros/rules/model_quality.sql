{#- The seven elements that make a registration concrete, and the columns of form DK that state them. One list, used for score and gaps. -#}
{% macro model_quality_elements() -%}
    {{ return([
        ('measure', 'measure is not null'),
        ('baseline', 'baseline is not null'),
        ('target', 'target is not null'),
        ('due_date', 'due_date is not null'),
        ('owner', 'lead_force is not null or holder_code is not null'),
        ('resources', 'resources is not null'),
        ('beneficiaries', 'beneficiaries is not null'),
    ]) }}
{%- endmacro %}
