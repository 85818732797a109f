-- The villages, each with the latest yearly facts known at the data date and counts of its households on the register.
SELECT v.id AS village_id, v.scope_code, v.natural_village_count, cardinality(v.priority_codes) AS priority_count,
    y.id IS NOT NULL AS has_facts, coalesce(y.year, 0)::int AS fact_year,
    y.has_water, y.has_electricity, y.has_road, y.has_telephone, y.has_internet, y.has_technology, y.has_education,
    y.has_culture, y.has_health, y.has_social_security, y.collective_income_yuan,
    coalesce(c.household_count, 0) AS household_count, coalesce(c.person_count, 0) AS person_count,
    coalesce(c.powerless_count, 0) AS powerless_count, coalesce(c.unsafe_water_count, 0) AS unsafe_water_count
FROM villages_village v
LEFT JOIN LATERAL (
    SELECT f.* FROM villages_villageyear f
    WHERE f.tenant_id = %(tenant)s AND f.village_id = v.id AND f.year <= %(year)s ORDER BY f.year DESC LIMIT 1
) y ON true
LEFT JOIN (
    SELECT h.scope_code, count(*) AS household_count, sum(h.member_count) AS person_count,
        count(*) FILTER (WHERE h.has_household_power IS FALSE) AS powerless_count,
        count(*) FILTER (WHERE h.safe_water IS FALSE) AS unsafe_water_count
    FROM fact_household h GROUP BY h.scope_code
) c ON c.scope_code = v.code
WHERE v.tenant_id = %(tenant)s
