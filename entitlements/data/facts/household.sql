-- The households on the register at the data date, each with the facts of this or the last year, counts of its members,
-- the measures under way in this year or the last six months and those under way today, and what it was paid in this or
-- the last year. What is said to be known is known of each member.
SELECT h.id AS household_id, h.status, h.attribute_code,
    h.status IN ('filed', 'returned', 'lifted') AS is_filed,
    h.monitoring_state IN ('identified', 'relapsed') AS is_at_risk, s.starts_on AS monitored_on,
    y.net_per_head_yuan,
    (SELECT l.monitoring_line_yuan FROM households_yearline l
        WHERE l.tenant_id = %(tenant)s AND l.year <= %(year)s AND l.withdrawn_on IS NULL
        ORDER BY l.year DESC LIMIT 1) AS monitoring_line_yuan,
    coalesce(c.member_count, 0) AS member_count, coalesce(c.unable_count, 0) AS unable_count,
    coalesce(c.able_count, 0) AS able_count, coalesce(c.needy_count, 0) AS needy_count,
    coalesce(c.allowance_count, 0) AS allowance_count, coalesce(c.allowance_known_count, 0) AS allowance_known_count,
    c.is_allowance_known, coalesce(c.special_count, 0) AS special_count,
    coalesce(c.disabled_count, 0) AS disabled_count, c.is_disability_known,
    coalesce(c.severe_count, 0) AS severe_count, c.is_grade_known,
    coalesce(c.vocational_count, 0) AS vocational_count, coalesce(c.stage_count, 0) AS stage_count,
    coalesce(c.school_count, 0) AS school_count, c.is_school_known, coalesce(c.insured_count, 0) AS insured_count,
    coalesce(a.item_codes, '{}') AS item_codes, coalesce(a.category_codes, '{}') AS category_codes,
    coalesce(a.present_items, '{}') AS present_items, coalesce(a.present_categories, '{}') AS present_categories,
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
        count(*) FILTER (WHERE NOT p.has_labour) AS unable_count, count(*) FILTER (WHERE p.has_labour) AS able_count,
        count(*) FILTER (WHERE p.age >= %(special_support_age)s OR p.age < 16 OR p.is_severe) AS needy_count,
        count(*) FILTER (WHERE p.has_allowance) AS allowance_count,
        count(p.has_allowance) AS allowance_known_count, bool_and(p.has_allowance IS NOT NULL) AS is_allowance_known,
        count(*) FILTER (WHERE p.has_special_support) AS special_count,
        count(*) FILTER (WHERE p.is_disabled) AS disabled_count,
        bool_and(p.is_disabled IS NOT NULL) AS is_disability_known,
        count(*) FILTER (WHERE p.is_severe) AS severe_count, bool_and(p.is_severe IS NOT NULL) AS is_grade_known,
        count(*) FILTER (WHERE p.school_code BETWEEN '41' AND '64') AS vocational_count,
        count(*) FILTER (WHERE p.school_code = '02' OR p.school_code BETWEEN '31' AND '75') AS stage_count,
        count(*) FILTER (WHERE p.is_at_school) AS school_count,
        bool_and(p.is_at_school IS NOT NULL) AS is_school_known,
        count(*) FILTER (WHERE p.has_basic_medical) AS insured_count
    FROM due_person p GROUP BY p.household_id
) c ON c.household_id = h.id
LEFT JOIN (
    SELECT e.household_id, array_agg(e.item_code) AS item_codes, array_agg(e.category_code) AS category_codes,
        array_agg(e.item_code) FILTER (WHERE e.ends_on IS NULL OR e.ends_on > %(on)s) AS present_items,
        array_agg(e.category_code) FILTER (WHERE e.ends_on IS NULL OR e.ends_on > %(on)s) AS present_categories
    FROM assistance_measure e
    WHERE e.tenant_id = %(tenant)s AND e.state_code <> '0' AND e.starts_on <= %(on)s
        AND (e.ends_on IS NULL OR e.ends_on > greatest(e.starts_on,
            least(make_date(%(year)s, 1, 1), (%(on)s::date - interval '6 months')::date)))
    GROUP BY e.household_id
) a ON a.household_id = h.id
LEFT JOIN (
    SELECT l.household_id, array_agg(DISTINCT l.item_code) AS item_codes
    FROM households_incomeline l
    WHERE l.tenant_id = %(tenant)s AND l.year BETWEEN %(year)s - 1 AND %(year)s AND l.amount_yuan > 0
        AND l.item_code IN ('401', '4096', '4097')
    GROUP BY l.household_id
) i ON i.household_id = h.id
LEFT JOIN LATERAL (
    SELECT g.starts_on FROM households_monitoringspell g
    WHERE g.tenant_id = %(tenant)s AND g.household_id = h.id AND g.ends_on IS NULL LIMIT 1
) s ON true
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed'
