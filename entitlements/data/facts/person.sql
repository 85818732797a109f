-- The present members of the households on the register at the data date, each with the facts of this or the last year.
-- What nobody stated is NULL, so that a condition on it finds nobody. A blank stage of school says "not at school" where
-- an education stands beside it; who is disabled by no grade on file may be so by any.
SELECT p.id AS person_id, h.id AS household_id,
    date_part('year', age(%(on)s::date, p.birth_on))::int AS age,
    CASE WHEN p.disability_category_code <> '' OR y.health_codes @> ARRAY['4']::varchar[] THEN true
        WHEN y.health_codes <> '{}' THEN false END AS is_disabled,
    CASE WHEN p.disability_grade_code <> '' THEN p.disability_grade_code IN ('1', '2')
        WHEN p.disability_category_code = '' AND y.health_codes <> '{}' AND NOT y.health_codes @> ARRAY['4']::varchar[]
            THEN false END AS is_severe,
    nullif(y.health_codes, '{}') = ARRAY['1']::varchar[] AS is_healthy,
    nullif(y.minimum_living_allowance_code, '') IN ('1', '2') AS has_allowance,
    nullif(y.special_support_code, '') IN ('1', '2') AS has_special_support,
    nullif(y.skill_code, '') IN ('1', '2', '5') AS has_labour,
    y.has_basic_medical, y.school_code,
    CASE WHEN y.school_code <> '' THEN y.school_code NOT IN ('00', '01') WHEN y.education_code <> '' THEN false END
        AS is_at_school,
    coalesce(w.outside_county_months, 0)::int AS outside_county_months,
    coalesce(w.outside_province_months, 0)::int AS outside_province_months, w.is_outside_county,
    coalesce(w.subsidy_yuan, 0) AS transport_subsidy_yuan, coalesce(w.works_today, false) AS works_today
FROM households_household h
JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = h.id
    AND (m.starts_on IS NULL OR m.starts_on <= %(on)s) AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = m.person_id
LEFT JOIN LATERAL (
    SELECT f.* FROM households_personyear f
    WHERE f.tenant_id = %(tenant)s AND f.person_id = p.id AND f.year BETWEEN %(year)s - 1 AND %(year)s
    ORDER BY f.year DESC LIMIT 1
) y ON true
-- Whole months of work in the twelve months before the data date, and what was paid towards the way there.
LEFT JOIN (
    SELECT s.person_id, sum(s.months) FILTER (WHERE left(s.division_code, 6) <> left(%(county)s, 6)) AS outside_county_months,
        sum(s.months) FILTER (WHERE left(s.division_code, 2) <> left(%(county)s, 2)) AS outside_province_months,
        CASE WHEN bool_or(left(s.division_code, 6) <> left(%(county)s, 6)) THEN true
            WHEN bool_and(s.division_code IS NOT NULL) THEN false END AS is_outside_county,
        sum(s.transport_subsidy_yuan) AS subsidy_yuan, bool_or(s.works_today) AS works_today
    FROM (
        SELECT r.person_id, r.transport_subsidy_yuan, nullif(r.division_code, '') AS division_code,
            r.starts_on <= %(on)s AND coalesce(r.ends_on, make_date(r.year + 1, 1, 1)) > %(on)s AS works_today,
            date_part('year', age(b.last_on, b.first_on)) * 12 + date_part('month', age(b.last_on, b.first_on)) AS months
        FROM households_workrecord r
        CROSS JOIN LATERAL (
            SELECT greatest(r.starts_on, date_trunc('month', %(on)s::date) - interval '12 months') AS first_on,
                least(coalesce(r.ends_on, make_date(r.year + 1, 1, 1)), date_trunc('month', %(on)s::date)) AS last_on
        ) b
        WHERE r.tenant_id = %(tenant)s AND NOT r.is_planned AND r.year BETWEEN %(year)s - 1 AND %(year)s
            AND r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on > r.starts_on)
            AND coalesce(r.ends_on, make_date(r.year + 1, 1, 1))
                > date_trunc('month', %(on)s::date) - interval '12 months'
    ) s GROUP BY s.person_id
) w ON w.person_id = p.id
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed'
