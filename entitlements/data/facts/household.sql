-- The households on the register at the data date, each with the facts of this or the last year, counts of its members,
-- what was under way for it in this year, and what it was paid in the year of its income.
SELECT h.id AS household_id, h.scope_code, h.status, h.attribute_code,
    h.status IN ('filed', 'returned', 'lifted') AS is_filed,
    h.monitoring_state IN ('identified', 'relapsed') AS is_at_risk, s.starts_on AS monitored_on,
    y.net_per_head_yuan,
    (SELECT l.monitoring_line_yuan FROM households_yearline l
        WHERE l.tenant_id = %(tenant)s AND l.year <= %(year)s AND l.withdrawn_on IS NULL
        ORDER BY l.year DESC LIMIT 1) AS monitoring_line_yuan,
    coalesce(c.member_count, 0) AS member_count, coalesce(c.unable_count, 0) AS unable_count,
    coalesce(c.needy_count, 0) AS needy_count,
    coalesce(c.allowance_count, 0) AS allowance_count, coalesce(c.allowance_known_count, 0) AS allowance_known_count,
    coalesce(c.special_count, 0) AS special_count,
    coalesce(c.disabled_count, 0) AS disabled_count, coalesce(c.severe_count, 0) AS severe_count,
    coalesce(c.vocational_count, 0) AS vocational_count, coalesce(c.stage_count, 0) AS stage_count,
    coalesce(c.school_count, 0) AS school_count, coalesce(c.school_known_count, 0) AS school_known_count,
    coalesce(c.insured_count, 0) AS insured_count,
    coalesce(a.item_codes, '{}') AS item_codes, coalesce(a.category_codes, '{}') AS category_codes,
    coalesce(i.item_codes, '{}') AS paid_codes
FROM households_household h
LEFT JOIN LATERAL (
    SELECT f.year, f.net_per_head_yuan FROM households_householdyear f
    WHERE f.tenant_id = %(tenant)s AND f.household_id = h.id AND f.year BETWEEN %(year)s - 1 AND %(year)s
        AND f.net_per_head_yuan IS NOT NULL
    ORDER BY f.year DESC LIMIT 1
) y ON true
LEFT JOIN (
    SELECT p.household_id, count(*) AS member_count,
        count(*) FILTER (WHERE NOT p.has_labour) AS unable_count,
        count(*) FILTER (WHERE p.age >= %(special_support_age)s OR p.age < 16 OR p.is_severe) AS needy_count,
        count(*) FILTER (WHERE p.has_allowance) AS allowance_count,
        count(p.has_allowance) AS allowance_known_count,
        count(*) FILTER (WHERE p.has_special_support) AS special_count,
        count(*) FILTER (WHERE p.is_disabled) AS disabled_count,
        count(*) FILTER (WHERE p.is_severe) AS severe_count,
        count(*) FILTER (WHERE p.school_code BETWEEN '41' AND '64') AS vocational_count,
        count(*) FILTER (WHERE p.school_code = '02' OR p.school_code BETWEEN '31' AND '75') AS stage_count,
        count(*) FILTER (WHERE p.is_at_school) AS school_count,
        count(p.school_code) AS school_known_count,
        count(*) FILTER (WHERE p.has_basic_medical) AS insured_count
    FROM due_person p GROUP BY p.household_id
) c ON c.household_id = h.id
LEFT JOIN (
    SELECT e.household_id, array_agg(e.item_code) AS item_codes, array_agg(e.category_code) AS category_codes
    FROM assistance_measure e
    WHERE e.tenant_id = %(tenant)s AND e.state_code <> '0' AND e.starts_on <= %(on)s
        AND (e.ends_on IS NULL OR e.ends_on > greatest(e.starts_on, make_date(%(year)s, 1, 1)))
    GROUP BY e.household_id
) a ON a.household_id = h.id
LEFT JOIN (
    SELECT l.household_id, array_agg(DISTINCT l.item_code) AS item_codes
    FROM households_incomeline l
    WHERE l.tenant_id = %(tenant)s AND l.year BETWEEN %(year)s - 1 AND %(year)s AND l.amount_yuan > 0
        AND l.item_code IN ('401', '402', '4096', '4097')
    GROUP BY l.household_id
) i ON i.household_id = h.id
LEFT JOIN LATERAL (
    SELECT g.starts_on FROM households_monitoringspell g
    WHERE g.tenant_id = %(tenant)s AND g.household_id = h.id AND g.ends_on IS NULL LIMIT 1
) s ON true
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed'
