-- The three published tables that are made of form BC, written straight, as one analyst would for this one purpose: DuckDB and
-- PostgreSQL both run it. No panels, no scores, no weighted means: the benchmark's country has none. Expects the tables seed_* and
-- raw_* (bench/national.py) and a day in place of AS_OF.

create table units as
with recursive all_units as (
    select * from seed_units union all select * from seed_bodies union all select * from seed_party_units
    union all select * from seed_villages
),
renames as (
    select from_unit_key, to_unit_key from seed_successions where kind = 'renamed'
    union all
    select from_unit_key, to_unit_key from seed_body_successions where kind = 'renamed'
),
chains as (
    select u.unit_key, u.unit_key as series_key from all_units u
    where u.unit_key not in (select to_unit_key from renames)
    union all
    select r.to_unit_key, c.series_key from chains c join renames r on r.from_unit_key = c.unit_key
),
dated as (
    select u.unit_key, u.unit_code, u.unit_name, u.level, coalesce(r.reporting_level, u.level) as reporting_level, u.parent_unit_key,
        c.series_key,
        coalesce(u.valid_from, date '1900-01-01') as alive_from, coalesce(u.valid_to, date '9999-12-31') as alive_to
    from all_units u join chains c on c.unit_key = u.unit_key
    left join seed_reporting_levels r on r.unit_type = u.unit_type
)
-- A division lies in a body, a village or a cell in a commune: such parts are added up before the levels of the country are.
select u.*, case when p.level in ('commune', 'body') then 'part'
        when u.series_key in (
            select holder.series_key from dated part join dated holder on holder.unit_key = part.parent_unit_key
            where holder.level in ('commune', 'body')
        ) then 'holder' else u.level end as tier,
    p.series_key as parent_series_key,
    case when u.level = 'province' then u.unit_code when p.level = 'province' then p.unit_code
        when g.level = 'province' then g.unit_code when h.level = 'province' then h.unit_code end as province_code,
    g.series_key as grandparent_series_key, h.series_key as great_grandparent_series_key
from dated u
left join dated p on p.unit_key = u.parent_unit_key
left join dated g on g.unit_key = p.parent_unit_key
left join dated h on h.unit_key = g.parent_unit_key;

create table duties as
select indicator_code, level, coalesce(valid_from, date '1900-01-01') as owed_from, coalesce(valid_to, date '9999-12-31') as owed_to
from seed_duties;

create table epochs as
with days as (
    select alive_from as day from units
    union select owed_from from duties
    union select cast(owed_to + interval '1 day' as date) from duties where owed_to < date '9999-12-31'
)
select day as epoch_from, coalesce(cast(lead(day) over (order by day) - interval '1 day' as date), date '9999-12-31') as epoch_to
from days;

create table periods as
select p.period_code, p.period_type, p.period_end_date, p.previous_period_code, e.epoch_from,
    row_number() over (partition by p.period_type order by p.period_start_date) as step
from seed_periods p join epochs e on p.period_end_date between e.epoch_from and e.epoch_to
where p.period_type <> 'phase';

create table parents as
select c.unit_key, c.tier, c.reporting_level, e.epoch_from, p.unit_key as parent_key, p.tier as parent_tier
from units c
join epochs e on e.epoch_from between c.alive_from and c.alive_to
left join (
    select s.unit_key, u.series_key, coalesce(s.valid_from, date '1900-01-01') as first_day,
        coalesce(s.valid_to, date '9999-12-31') as last_day
    from seed_earlier_parents s join units u on u.unit_key = s.parent_unit_key
) earlier on earlier.unit_key = c.unit_key and e.epoch_from between earlier.first_day and earlier.last_day
join units p on p.series_key = coalesce(earlier.series_key, c.parent_series_key) and e.epoch_from between p.alive_from and p.alive_to;

create table steps as
select from_unit_key, to_unit_key, effective_date, kind, share from seed_successions where effective_date <= date 'AS_OF'
union all
select from_unit_key, to_unit_key, effective_date, kind, share from seed_body_successions where effective_date <= date 'AS_OF';

create table paths as
with recursive walk as (
    select unit_key as from_key, unit_key as at_key, cast(1 as float8) as share from units
    union all
    select w.from_key, s.to_unit_key, w.share * s.share from walk w join steps s on s.from_unit_key = w.at_key
),
arrived as (
    select w.from_key, w.at_key as to_key, sum(w.share) as share
    from walk w join units u on u.unit_key = w.at_key
    where date 'AS_OF' between u.alive_from and u.alive_to
    group by w.from_key, w.at_key
)
select *, count(*) over (partition by from_key) as successors from arrived;

create table predecessors as
select p.to_key, e.epoch_from, count(*) as predecessors, max(p.successors) as successors,
    min(case when f.level = t.level then 1 else 0 end) as same_level
from paths p
join units f on f.unit_key = p.from_key
join units t on t.unit_key = p.to_key
join epochs e on e.epoch_from between f.alive_from and f.alive_to
group by p.to_key, e.epoch_from;

-- What was sent: every revision, and the one that stands.
create table submissions as
select s.submission_id, s.unit_key, s.period_code, s.sheet, f.received_at, f.is_simulated,
    row_number() over one_report as revision, lead(f.received_at) over one_report as superseded_at
from raw_submissions s join raw_files f on f.file_sha256 = s.file_sha256
where s.status in ('accepted', 'accepted_with_warnings')
window one_report as (partition by s.form, s.unit_key, s.period_code order by f.received_at, f.file_sha256);

create table fct_indicator_values as
select s.unit_key, r.indicator_code, s.period_code, s.revision, r.numerator, r.denominator,
    case when i.is_rate then 100.0 * r.numerator / nullif(r.denominator, 0) else r.value end as value,
    r.is_not_applicable, s.received_at as known_from, s.superseded_at as known_to,
    r.submission_id, coalesce(r.sheet, s.sheet) as sheet,
    -- No sheet of theirs is wider than the alphabet.
    chr(cast(64 + r.column_number as integer)) || cast(r.row_number as varchar) as cell,
    chr(cast(64 + r.denominator_column_number as integer)) || cast(r.row_number as varchar) as denominator_cell, s.is_simulated
from raw_bc_rows r
join submissions s on s.submission_id = r.submission_id
join seed_indicators i on i.indicator_code = r.indicator_code
order by r.indicator_code, s.unit_key, s.period_code, s.revision;

create table own as
select v.unit_key, u.tier, v.indicator_code, v.period_code, p.epoch_from, p.period_end_date, i.rollup, v.numerator, v.denominator,
    case when not i.is_rate then v.value end as counted,
    cast(case when v.is_not_applicable then 0 else 1 end as float8) as reporting,
    cast(case when v.is_not_applicable then 0 else 1 end as float8) as expected,
    case when d.level is null then 0 else 1 end as owes, v.is_simulated and not v.is_not_applicable as is_simulated,
    v.is_not_applicable as na
from fct_indicator_values v
join units u on u.unit_key = v.unit_key
join periods p on p.period_code = v.period_code
join seed_indicators i on i.indicator_code = v.indicator_code
left join duties d on d.indicator_code = v.indicator_code and d.level = u.reporting_level
    and p.period_end_date between d.owed_from and d.owed_to
where v.known_to is null;

-- How many reports would complete the total of a unit that is silent itself.
create table leaf_counts as
select p.parent_key as unit_key, p.epoch_from, d.indicator_code, count(*) as owed
from parents p
join duties d on d.level = p.reporting_level and p.epoch_from between d.owed_from and d.owed_to
where p.tier in ('commune', 'body', 'part')
group by p.parent_key, p.epoch_from, d.indicator_code;

create table owing as
select u.unit_key, u.tier, e.epoch_from, i.indicator_code, i.rollup, coalesce(l.owed, 0) as parts,
    case when d.level is null then 0 else 1 end as own,
    cast(0 as bigint) as when_silent
from units u
join epochs e on e.epoch_from between u.alive_from and u.alive_to
cross join seed_indicators i
left join leaf_counts l on l.unit_key = u.unit_key and l.epoch_from = e.epoch_from and l.indicator_code = i.indicator_code
left join duties d on d.level = u.reporting_level and d.indicator_code = i.indicator_code
    and e.epoch_from between d.owed_from and d.owed_to
where u.tier in ('holder', 'district', 'province', 'country');
-- each: TIER
update owing set parts = parts + children.owed
from (
    select p.parent_key, o.epoch_from, o.indicator_code, sum(o.when_silent) as owed
    from owing o join parents p on p.unit_key = o.unit_key and p.epoch_from = o.epoch_from and p.parent_tier = 'TIER'
    group by p.parent_key, o.epoch_from, o.indicator_code
) as children
where owing.unit_key = children.parent_key and owing.epoch_from = children.epoch_from
    and owing.indicator_code = children.indicator_code and owing.tier = 'TIER';
update owing set when_silent = case when rollup = 'own_plus_children' then parts + own when own = 1 then 1 else parts end
where tier = 'TIER';
-- end each

create table reported as
select unit_key, tier, indicator_code, period_code, epoch_from, rollup, numerator, denominator, counted, reporting, expected,
    cast(owes as bigint) as when_silent, is_simulated
from own where tier in ('commune', 'body', 'part');
-- each: TIER
insert into reported
with parts as (
    select p.parent_key as unit_key, c.indicator_code, c.period_code, c.epoch_from, c.rollup, sum(c.numerator) as numerator,
        sum(c.denominator) as denominator, sum(c.counted) as counted, sum(c.reporting) as reporting,
        sum(c.expected - c.when_silent) as beyond, bool_or(c.is_simulated) as is_simulated
    from reported c
    join parents p on p.unit_key = c.unit_key and p.epoch_from = c.epoch_from and p.parent_tier = 'TIER'
    left join own o on o.tier = 'TIER' and o.unit_key = p.parent_key and o.indicator_code = c.indicator_code
        and o.period_code = c.period_code and not o.na
    where c.rollup = 'own_plus_children' or o.unit_key is null
    group by p.parent_key, c.indicator_code, c.period_code, c.epoch_from, c.rollup
),
together as (
    select unit_key, indicator_code, period_code, epoch_from, rollup, numerator, denominator, counted, reporting, beyond,
        is_simulated, 0 as own, 0 as na
    from parts
    union all
    select unit_key, indicator_code, period_code, epoch_from, rollup, numerator, denominator, counted, reporting, 0, is_simulated,
        case when na then 0 else 1 end, case when na then 1 else 0 end
    from own where tier = 'TIER'
),
totals as (
    select unit_key, indicator_code, period_code, epoch_from, rollup, sum(numerator) as numerator, sum(denominator) as denominator,
        sum(counted) as counted, sum(reporting) as reporting, sum(beyond) as beyond, bool_or(is_simulated) as is_simulated,
        max(own) as own, max(na) as na
    from together group by unit_key, indicator_code, period_code, epoch_from, rollup
)
select t.unit_key, 'TIER', t.indicator_code, t.period_code, t.epoch_from, t.rollup, t.numerator, t.denominator, t.counted,
    t.reporting,
    case when t.own = 1 and t.rollup = 'total_reported' then 1
        when t.rollup = 'own_plus_children' then greatest(o.own - t.na, t.own) + o.parts + t.beyond
        when t.reporting = 0 and t.na = 1 then 0
        when t.reporting = 0 and o.own = 1 then 1
        else o.parts + t.beyond end,
    o.when_silent, t.is_simulated
from totals t
join owing o on o.unit_key = t.unit_key and o.indicator_code = t.indicator_code and o.epoch_from = t.epoch_from;
-- end each

-- Silent reports that have an earlier one.
create table heard as
with firsts as (
    select r.unit_key, r.tier, r.indicator_code, r.rollup, p.period_type, min(p.period_end_date) as first_end
    from reported r join periods p on p.period_code = r.period_code
    join seed_indicators i on i.indicator_code = r.indicator_code and i.is_rate
    where r.reporting > 0
    group by r.unit_key, r.tier, r.indicator_code, r.rollup, p.period_type
),
seen as (
    select distinct r.indicator_code, p.period_type, p.period_code, p.period_end_date, p.epoch_from
    from reported r join periods p on p.period_code = r.period_code
    where r.reporting > 0
),
grid as (
    select f.unit_key, f.tier, f.indicator_code, f.rollup, s.period_type, s.period_code, s.period_end_date, s.epoch_from,
        r.unit_key is not null as has_total, o.unit_key is not null as has_own,
        d.level is not null and n.unit_key is null as owes, n.unit_key is not null as na,
        r.denominator, o.denominator as own_denominator,
        count(r.denominator) over so_far as totals_so_far, count(o.denominator) over so_far as own_so_far
    from firsts f
    join units u on u.unit_key = f.unit_key
    join seen s on s.indicator_code = f.indicator_code and s.period_type = f.period_type
        and s.period_end_date between f.first_end and u.alive_to
    left join reported r on r.unit_key = f.unit_key and r.indicator_code = f.indicator_code and r.period_code = s.period_code
        and r.reporting > 0
    left join own o on o.unit_key = f.unit_key and o.indicator_code = f.indicator_code and o.period_code = s.period_code and not o.na
    left join own n on n.unit_key = f.unit_key and n.indicator_code = f.indicator_code and n.period_code = s.period_code and n.na
    left join duties d on d.indicator_code = f.indicator_code and d.level = u.reporting_level
        and s.period_end_date between d.owed_from and d.owed_to
    window so_far as (partition by f.unit_key, f.indicator_code, s.period_type order by s.period_end_date)
)
select unit_key, tier, indicator_code, rollup, period_code, epoch_from, has_total, has_own, owes, na,
    max(denominator) over (partition by unit_key, indicator_code, period_type, totals_so_far) as last_total,
    max(own_denominator) over (partition by unit_key, indicator_code, period_type, own_so_far) as last_own
from grid;

create table silence as
select unit_key, tier, indicator_code, period_code, epoch_from,
    cast(case when rollup = 'total_reported' then case when not has_total and owes then 1 else 0 end
        when owes and not has_own and last_own is not null then 1 else 0 end as bigint) as silent,
    case when rollup = 'total_reported' then case when not has_total and owes then last_total else 0 end
        when owes and not has_own and last_own is not null then last_own else 0 end as silent_denominator
from heard where tier in ('commune', 'body', 'part') and not has_own;
-- each: TIER
insert into silence
with parts as (
    select p.parent_key, s.indicator_code, s.period_code, sum(s.silent) as silent, sum(s.silent_denominator) as silent_denominator
    from silence s join parents p on p.unit_key = s.unit_key and p.epoch_from = s.epoch_from and p.parent_tier = 'TIER'
    group by p.parent_key, s.indicator_code, s.period_code
)
select h.unit_key, h.tier, h.indicator_code, h.period_code, h.epoch_from,
    case when h.rollup = 'total_reported' and (h.has_own or h.na and not h.has_total) then 0
        when h.rollup = 'total_reported' and not h.has_total and h.owes then 1
        when h.rollup = 'total_reported' then coalesce(parts.silent, 0)
        else coalesce(parts.silent, 0) + case when h.owes and not h.has_own and h.last_own is not null then 1 else 0 end end,
    case when h.rollup = 'total_reported' and (h.has_own or h.na and not h.has_total) then 0
        when h.rollup = 'total_reported' and not h.has_total and h.owes then h.last_total
        when h.rollup = 'total_reported' then coalesce(parts.silent_denominator, 0)
        else coalesce(parts.silent_denominator, 0)
            + case when h.owes and not h.has_own and h.last_own is not null then h.last_own else 0 end end
from heard h
left join parts on parts.parent_key = h.unit_key and parts.indicator_code = h.indicator_code and parts.period_code = h.period_code
where h.tier = 'TIER';
-- end each

-- The same totals on the boundaries of today.
create table today as
with expected as (
    select p.to_key, i.indicator_code, i.epoch_from,
        sum(coalesce(o.when_silent, case when d.level is null then 0 else 1 end)) as if_silent
    from paths p
    join units u on u.unit_key = p.from_key
    join (select distinct indicator_code, epoch_from from reported) i on i.epoch_from between u.alive_from and u.alive_to
    left join owing o on o.unit_key = p.from_key and o.indicator_code = i.indicator_code and o.epoch_from = i.epoch_from
    left join duties d on d.indicator_code = i.indicator_code and d.level = u.reporting_level
        and i.epoch_from between d.owed_from and d.owed_to
    group by p.to_key, i.indicator_code, i.epoch_from
),
added as (
    select p.to_key as unit_key, r.indicator_code, r.period_code, r.epoch_from, round(sum(p.share * r.numerator) * 1e9) / 1e9 as numerator,
        round(sum(p.share * r.denominator) * 1e9) / 1e9 as denominator, round(sum(p.share * r.counted) * 1e9) / 1e9 as counted,
        sum(r.reporting) as reporting,
        sum(r.expected - r.when_silent) as beyond, bool_or(r.is_simulated) as is_simulated,
        bool_or(r.reporting > 0 and abs(p.share - 1) > 0.000000001) as is_estimated
    from reported r join paths p on p.from_key = r.unit_key
    group by p.to_key, r.indicator_code, r.period_code, r.epoch_from
)
select a.unit_key, a.indicator_code, a.period_code, a.numerator, a.denominator, a.counted, a.reporting,
    e.if_silent + a.beyond as expected, a.is_simulated, a.is_estimated
from added a
join expected e on e.to_key = a.unit_key and e.indicator_code = a.indicator_code and e.epoch_from = a.epoch_from;

create table silence_today as
select p.to_key as unit_key, s.indicator_code, s.period_code, sum(s.silent) as silent,
    round(sum(p.share * s.silent_denominator) * 1e9) / 1e9 as silent_denominator
from silence s join paths p on p.from_key = s.unit_key
where s.silent > 0
group by p.to_key, s.indicator_code, s.period_code;

create table series as
with lenses as (
    select 'as_reported' as lens, r.unit_key, r.indicator_code, r.period_code, r.numerator, r.denominator, r.counted, r.reporting,
        r.expected, s.silent, s.silent_denominator, r.is_simulated, false as is_estimated
    from reported r
    left join silence s on s.unit_key = r.unit_key and s.indicator_code = r.indicator_code and s.period_code = r.period_code
        and s.silent > 0
    where r.reporting > 0
    union all
    select l.lens, t.unit_key, t.indicator_code, t.period_code, t.numerator, t.denominator, t.counted, t.reporting, t.expected,
        s.silent, s.silent_denominator, t.is_simulated, t.is_estimated
    from today t
    join (
        select 'current_boundaries' as lens, unit_key from units
        union all
        select 'unchanged_units', to_key from predecessors group by to_key
        having max(predecessors) = 1 and max(successors) = 1 and min(same_level) = 1
    ) l on l.unit_key = t.unit_key
    left join silence_today s on s.unit_key = t.unit_key and s.indicator_code = t.indicator_code and s.period_code = t.period_code
    where t.reporting > 0
),
valued as (
    select l.lens, u.level, l.unit_key, u.unit_name, u.series_key, u.parent_series_key, u.parent_unit_key, u.province_code,
        l.indicator_code, i.direction, i.is_rate, l.period_code, p.period_type, p.period_end_date, p.step, l.reporting, l.expected,
        case when i.is_rate then l.numerator end as numerator, case when i.is_rate then l.denominator end as denominator,
        case when not i.is_rate then l.counted when l.numerator = l.denominator and l.denominator <> 0 then 100.0
            else 100.0 * l.numerator / nullif(l.denominator, 0) end as value,
        case when not i.is_rate then null when l.expected = l.reporting then 0
            when l.expected - l.reporting = l.silent then l.silent_denominator end as silent_denominator,
        l.is_simulated, l.is_estimated
    from lenses l
    join units u on u.unit_key = l.unit_key
    join seed_indicators i on i.indicator_code = l.indicator_code
    join periods p on p.period_code = l.period_code
)
select *,
    case when denominator > 0 and numerator = 0 then 0 when denominator > 0 and numerator between 0 and denominator
        then greatest(0.0, least(100.0, 100.0 * (numerator + 1.959963984540054 * 1.959963984540054 / 2.0 - 1.959963984540054
            * sqrt(numerator * (denominator - numerator) / denominator + 1.959963984540054 * 1.959963984540054 / 4.0))
            / (denominator + 1.959963984540054 * 1.959963984540054))) end as value_low,
    case when denominator > 0 and numerator = denominator then 100 when denominator > 0 and numerator between 0 and denominator
        then greatest(0.0, least(100.0, 100.0 * (numerator + 1.959963984540054 * 1.959963984540054 / 2.0 + 1.959963984540054
            * sqrt(numerator * (denominator - numerator) / denominator + 1.959963984540054 * 1.959963984540054 / 4.0))
            / (denominator + 1.959963984540054 * 1.959963984540054))) end as value_high
from valued;

create table ranks as
with ends as (
    select lens, level, parent_series_key, unit_key, indicator_code, period_code, direction, value_low as position, 1 as is_low
    from series where value_low is not null and direction in ('higher', 'lower')
    union all
    select lens, level, parent_series_key, unit_key, indicator_code, period_code, direction, value_high, 0
    from series where value_low is not null and direction in ('higher', 'lower')
),
counted as (
    select *,
        sum(is_low) over (partition by lens, level, parent_series_key, indicator_code, period_code order by position
            range between unbounded preceding and current row) as lows_up_to_here,
        sum(1 - is_low) over (partition by lens, level, parent_series_key, indicator_code, period_code order by position
            range between unbounded preceding and current row) - sum(1 - is_low) over (
            partition by lens, level, parent_series_key, indicator_code, period_code order by position
            range between current row and current row) as highs_before,
        sum(is_low) over (partition by lens, level, parent_series_key, indicator_code, period_code) as ranked
    from ends
),
sums as (
    select lens, unit_key, indicator_code, period_code, direction, max(ranked) as ranked,
        max(case when is_low = 0 then ranked - lows_up_to_here end) as above, max(case when is_low = 1 then highs_before end) as below
    from counted group by lens, unit_key, indicator_code, period_code, direction
)
select lens, unit_key, indicator_code, period_code, ranked as ranked_units,
    1 + case when direction = 'higher' then above else below end as rank_low,
    ranked - case when direction = 'higher' then below else above end as rank_high
from sums;

create table binding_targets as
with all_targets as (
    select indicator_code, scope_unit_key, level, operator, target_value, valid_from, valid_to, source, is_simulated from seed_targets
    union all
    -- An heir adopts a target of a former unit from a day on.
    select t.indicator_code, a.to_unit_key, t.level, t.operator, t.target_value, a.valid_from, coalesce(a.valid_to, t.valid_to),
        a.source, t.is_simulated or a.is_simulated
    from seed_adopted_targets a
    join seed_targets t on t.indicator_code = a.indicator_code and t.scope_unit_key = a.from_unit_key
        and a.valid_from between coalesce(t.valid_from, date '1900-01-01') and coalesce(t.valid_to, date '9999-12-31')
),
scopes as (
    select unit_key, series_key as scope, 0 as distance from units
    union all select unit_key, parent_series_key, 1 from units where parent_series_key is not null
    union all select unit_key, grandparent_series_key, 2 from units where grandparent_series_key is not null
    union all select unit_key, great_grandparent_series_key, 3 from units where great_grandparent_series_key is not null
),
candidates as (
    select s.unit_key, t.indicator_code, p.period_code, t.operator, t.target_value, t.is_simulated,
        row_number() over (partition by s.unit_key, t.indicator_code, p.period_code
            order by s.distance, case when t.level is null then 1 else 0 end, coalesce(t.valid_from, date '1900-01-01') desc, t.source) as nearness
    from scopes s
    join units u on u.series_key = s.scope
    join units bound on bound.unit_key = s.unit_key
    join all_targets t on t.scope_unit_key = u.unit_key and (t.level is null or t.level = bound.level)
    join periods p on p.period_end_date between coalesce(t.valid_from, date '1900-01-01') and coalesce(t.valid_to, date '9999-12-31')
    where p.period_code in (select period_code from reported) and t.indicator_code in (select indicator_code from reported)
)
select unit_key, indicator_code, period_code, operator, target_value, is_simulated from candidates where nearness = 1;

create table lines as
select *,
    lag(value, 1) over one_line as v1, lag(value, 2) over one_line as v2, lag(value, 3) over one_line as v3,
    lag(value, 4) over one_line as v4, lag(numerator, 1) over one_line as x1, lag(numerator, 2) over one_line as x2,
    lag(numerator, 3) over one_line as x3, lag(numerator, 4) over one_line as x4, lag(denominator, 1) over one_line as n1,
    lag(denominator, 2) over one_line as n2, lag(denominator, 3) over one_line as n3, lag(denominator, 4) over one_line as n4,
    lag(step, 1) over one_line as step1, lag(step, 4) over one_line as step4
from series where value is not null
window one_line as (partition by lens, series_key, indicator_code, period_type order by step);

create table trends as
with sums as (
    select lens, unit_key, indicator_code, period_code, direction, is_rate, step, step4, v1, v2, v3, v4, value as v0,
        x1, x2, x3, x4, numerator as x0, n1, n2, n3, n4, denominator as n0,
        numerator + x1 + x2 + x3 + x4 as sx, denominator + n1 + n2 + n3 + n4 as sn,
        2 * numerator + x1 - x3 - 2 * x4 as sxt, 2 * denominator + n1 - n3 - 2 * n4 as snt,
        4 * denominator + n1 + n3 + 4 * n4 as sntt, numerator * value + x1 * v1 + x2 * v2 + x3 * v3 + x4 * v4 as sxy
    from lines l where step4 = step - 4 and not exists (
        select 1 from seed_mixed m where m.indicator_code = l.indicator_code and l.period_type <> 'month'
            and l.period_end_date between coalesce(m.valid_from, date '1900-01-01') and coalesce(m.valid_to, date '9999-12-31')
    )
),
slopes as (
    select *, power(sxt - snt * sx / sn, 2) / nullif(sx / sn * (1 - sx / sn) * (sntt - snt * snt / sn), 0) as chi,
        (sxt - snt * sx / sn) / (sntt - snt * snt / sn) as b, sntt - snt * snt / sn as stt, sxy / 100 - sx * sx / sn as syy,
        (sxt - 2 * x0) - (snt - 2 * n0) * (sx - x0) / (sn - n0) as s0, (sxt - x1) - (snt - n1) * (sx - x1) / (sn - n1) as s1,
        sxt - snt * (sx - x2) / (sn - n2) as s2, (sxt + x3) - (snt + n3) * (sx - x3) / (sn - n3) as s3,
        (sxt + 2 * x4) - (snt + 2 * n4) * (sx - x4) / (sn - n4) as s4
    from sums where is_rate
),
pairs as (
    select lens, unit_key, indicator_code, period_code, direction, round(1e9 * v4) as a, round(1e9 * v3) as b,
        round(1e9 * v2) as c, round(1e9 * v1) as d, round(1e9 * v0) as e
    from sums where not is_rate
),
signs as (
    select lens, unit_key, indicator_code, period_code, direction,
        case when coalesce(chi, 0) <= 9.549535706083223 then 0
            when syy - b * b * stt > 0 and b * b * 3 * stt / (syy - b * b * stt) <= 10.127964486013928 then 0
            when least(s0, s1, s2, s3, s4) > 0 then 1 when greatest(s0, s1, s2, s3, s4) < 0 then -1 else 0 end as slope
    from slopes
    union all
    -- Five in one order with at most one tied pair: four steps of one sign, or three and a tie beside each other.
    select lens, unit_key, indicator_code, period_code, direction,
        case when a <= b and b <= c and c <= d and d <= e and (a < b)::int + (b < c)::int + (c < d)::int + (d < e)::int >= 3 then 1
            when a >= b and b >= c and c >= d and d >= e and (a > b)::int + (b > c)::int + (c > d)::int + (d > e)::int >= 3 then -1
            else 0 end
    from pairs
)
select lens, unit_key, indicator_code, period_code,
    case when slope = 0 then 'steady' when (slope > 0) = (direction = 'higher') then 'improving' else 'worsening' end as trend
from signs;

create table judged as
select s.*, t.operator, t.target_value, t.is_simulated as is_target_simulated, previous.value as previous_value, r.rank_low,
    r.rank_high, r.ranked_units, case when s.value is not null then coalesce(w.trend, 'too_few') end as trend,
    case t.operator when '>=' then s.value >= t.target_value when '>' then s.value > t.target_value
        when '<=' then s.value <= t.target_value when '<' then s.value < t.target_value
        when '=' then abs(s.value - t.target_value) < 0.000000001 when '>prev' then s.value > previous.value end as is_good,
    case t.operator when '>=' then s.value_low >= t.target_value when '>' then s.value_low > t.target_value
        when '<=' then s.value_low <= t.target_value when '<' then s.value_low < t.target_value end as low_is_good,
    case t.operator when '>=' then s.value_high >= t.target_value when '>' then s.value_high > t.target_value
        when '<=' then s.value_high <= t.target_value when '<' then s.value_high < t.target_value end as high_is_good,
    case when s.is_rate then t.target_value * s.denominator / 100.0 - s.numerator else t.target_value - s.value end as needed
from series s
left join periods p on p.period_code = s.period_code
left join series previous on previous.lens = s.lens and previous.series_key = s.series_key
    and previous.indicator_code = s.indicator_code and previous.period_code = p.previous_period_code
left join binding_targets t on t.unit_key = s.unit_key and t.indicator_code = s.indicator_code and t.period_code = s.period_code
left join ranks r on r.lens = s.lens and r.unit_key = s.unit_key and r.indicator_code = s.indicator_code
    and r.period_code = s.period_code
left join trends w on w.lens = s.lens and w.unit_key = s.unit_key and w.indicator_code = s.indicator_code
    and w.period_code = s.period_code;

create table rpt_indicator_series as
with bounded as (
    select *, 100.0 * numerator / nullif(denominator + silent_denominator, 0) as bound_low,
        100.0 * (numerator + silent_denominator) / nullif(denominator + silent_denominator, 0) as bound_high,
        coalesce(is_rate and operator in ('>=', '>', '<=', '<') and target_value > 0 and target_value < 100
            and value_low is not null, false) as is_judged_by_interval,
        case when operator in ('<=', '<') then value < 0.000000001 else value > 100 - 0.000000001 end as is_perfect,
        -- z squared is 3.8414588: the interval of n perfect cases reaches from n / (n + z squared) to 1.
        100 * 3.841458820694124 / (denominator + 3.841458820694124) as far_end
    from judged
)
select lens, level, unit_key, unit_name, parent_unit_key, province_code, indicator_code, period_code, period_type, period_end_date,
    numerator, denominator, value, value_low, value_high, cast(reporting as bigint) as reporting_units,
    cast(expected as bigint) as expected_units, reporting / nullif(expected, 0) as coverage_ratio,
    bound_low, bound_high,
    operator as target_operator, target_value, coalesce(is_target_simulated, false) as is_target_simulated,
    case when operator is null then 'no_target' when is_good is null then null
        when not is_judged_by_interval or is_perfect then case when is_good then 'met' else 'missed' end
        when is_good then case when low_is_good and high_is_good then 'met' else 'narrowly_met' end
        when not low_is_good and not high_is_good then 'missed' else 'narrowly_missed' end as verdict,
    is_judged_by_interval and case operator when '>=' then 100 - far_end < target_value when '>' then 100 - far_end <= target_value
        when '<=' then far_end > target_value else far_end >= target_value end as is_small,
    case when operator is null then false when bound_low is null then coalesce(expected > reporting, false)
        -- A rate of no cases has no verdict that the silent units could turn.
        when value is null then false
        when operator = '>=' then (bound_low >= target_value) <> (bound_high >= target_value)
        when operator = '>' then (bound_low > target_value) <> (bound_high > target_value)
        when operator = '<=' then (bound_low <= target_value) <> (bound_high <= target_value)
        when operator = '<' then (bound_low < target_value) <> (bound_high < target_value)
        when operator = '=' then (abs(value - target_value) < 0.000000001)
            <> (abs(bound_low - target_value) < 0.000000001 and abs(bound_high - target_value) < 0.000000001)
        else coalesce((bound_low > previous_value) <> (bound_high > previous_value), false) end as is_provisional,
    cast(case when operator is null or target_value is null or value is null then null when is_good then 0
        when operator = '>=' then ceil(needed - 0.000000001) when operator = '>' then floor(needed + 0.000000001) + 1
        when operator = '<=' then ceil(-needed - 0.000000001) when operator = '<' then floor(-needed + 0.000000001) + 1
        when operator = '=' and abs(needed - round(needed)) < 0.000000001 then abs(round(needed)) end as bigint) as gap_cases,
    previous_value, value - previous_value as change, trend, rank_low, rank_high, ranked_units, rank_high - rank_low < 0.8 * (ranked_units - 1) as is_rankable,
    is_estimated, is_simulated
from bounded
order by lens, indicator_code, level, province_code, unit_key, period_end_date;

create table segmented as
with changes as (
    select distinct p.to_key as unit_key, s.effective_date
    from (
        select *, count(*) over (partition by to_unit_key) as ins, count(*) over (partition by from_unit_key) as outs from steps
    ) s join paths p on p.from_key = s.to_unit_key
    where s.ins > 1 or s.outs > 1
),
numbered as (
    select c.unit_key, p.period_code, 1 + count(*) as segment
    from changes c join periods p on p.period_end_date >= c.effective_date
    group by c.unit_key, p.period_code
)
select s.lens, s.unit_key, s.series_key, s.indicator_code, s.period_code, s.period_type, s.period_end_date, s.step, s.is_rate, s.value,
    s.denominator, s.is_estimated,
    case when s.lens = 'as_reported' then 1 else coalesce(n.segment, 1) end as segment
from series s
left join numbered n on n.unit_key = s.unit_key and n.period_code = s.period_code
where s.value is not null;

create table points as
select *, abs(value - lag(value) over one_segment) as moving_range, lag(value, 1) over one_segment as v1,
    lag(value, 2) over one_segment as v2, lag(value, 3) over one_segment as v3, lag(value, 4) over one_segment as v4,
    lag(value, 5) over one_segment as v5, lag(value, 6) over one_segment as v6
from segmented
window one_segment as (partition by lens, series_key, indicator_code, period_type, segment order by step);

create table rpt_indicator_limits as
with stats as (
    select lens, series_key, indicator_code, period_type, segment, avg(value) as centre, avg(moving_range) as mean_range,
        count(*) as points
    from points group by lens, series_key, indicator_code, period_type, segment
),
uncut as (
    select p.*, s.centre, s.points, s.centre - 2.66 * s.mean_range as low, s.centre + 2.66 * s.mean_range as high
    from points p
    join stats s on s.lens = p.lens and s.series_key = p.series_key and s.indicator_code = p.indicator_code
        and s.period_type = p.period_type and s.segment = p.segment
),
limited as (
    select *, case when is_rate and low < 0 then 0 else low end as lower_limit,
        case when is_rate and high > 100 then 100 else high end as upper_limit,
        (2 * high + centre) / 3 + 0.000000001 as far_above, (2 * low + centre) / 3 - 0.000000001 as far_below
    from uncut
)
select l.lens, l.unit_key, l.indicator_code, l.period_code, l.period_type, l.period_end_date, l.value,
    cast(l.segment as bigint) as segment, l.centre, l.lower_limit, l.upper_limit, l.is_estimated,
    case when is_rate and denominator * least(centre, 100 - centre) / 100 < 3 - 0.000000001 then null
        when value > high + 0.000000001 or value < low - 0.000000001 then 'outside_limits'
        when value > far_above and (v1 > far_above or v2 > far_above) or value < far_below and (v1 < far_below or v2 < far_below)
            then 'two_of_three'
        when v6 is not null and (least(value, v1, v2, v3, v4, v5, v6) > centre + 0.000000001
            or greatest(value, v1, v2, v3, v4, v5, v6) < centre - 0.000000001) then 'shift'
        when least(value - v1, v1 - v2, v2 - v3, v3 - v4, v4 - v5, v5 - v6) > 0.000000001 and v6 is not null
            or greatest(value - v1, v1 - v2, v2 - v3, v3 - v4, v4 - v5, v5 - v6) < -0.000000001 and v6 is not null then 'run'
        end as signal,
    case when t.operator is null or t.operator = '>prev' and t.target_value is null or lower_limit is null then null
        when case t.operator when '>=' then lower_limit >= t.target_value when '>' then lower_limit > t.target_value
                when '<=' then lower_limit <= t.target_value when '<' then lower_limit < t.target_value
                else abs(lower_limit - t.target_value) < 0.000000001 end
            and case t.operator when '>=' then upper_limit >= t.target_value when '>' then upper_limit > t.target_value
                when '<=' then upper_limit <= t.target_value when '<' then upper_limit < t.target_value
                else abs(upper_limit - t.target_value) < 0.000000001 end then 'consistently_met'
        when not case t.operator when '>=' then lower_limit >= t.target_value when '>' then lower_limit > t.target_value
                when '<=' then lower_limit <= t.target_value when '<' then lower_limit < t.target_value
                else abs(lower_limit - t.target_value) < 0.000000001 end
            and not case t.operator when '>=' then upper_limit >= t.target_value when '>' then upper_limit > t.target_value
                when '<=' then upper_limit <= t.target_value when '<' then upper_limit < t.target_value
                else abs(upper_limit - t.target_value) < 0.000000001 end then 'consistently_missed'
        else 'hit_or_miss' end as assurance,
    l.points < 12 as is_trial
from limited l
left join binding_targets t on t.unit_key = l.unit_key and t.indicator_code = l.indicator_code and t.period_code = l.period_code
order by l.lens, l.indicator_code, l.unit_key, l.period_end_date
