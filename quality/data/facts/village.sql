-- The villages, each with the latest yearly facts known at the data date and counts of its households on the register.
SELECT v.id AS village_id, v.scope_code, v.natural_village_count, cardinality(v.priority_codes) AS priority_count,
    y.id IS NOT NULL AS has_facts, coalesce(y.year, 0)::int AS fact_year,
    y.has_water, y.has_electricity, y.has_road, y.has_telephone, y.has_internet, y.has_technology, y.has_education,
    y.has_culture, y.has_health, y.has_social_security, y.collective_income_yuan,
    y.household_count AS stated_household_count, y.person_count AS stated_person_count, y.disabled_count,
    y.allowance_person_count, y.supported_person_count, y.medical_insured_count, y.has_bus, y.has_township_road,
    y.unsafe_water_household_count, y.dangerous_housing_household_count, y.clinic_count, y.public_toilet_count,
    y.doctor_count, y.waste_point_count, y.library_count, y.cropland_mu, y.woodland_mu, y.pasture_mu,
    c.cropland_of_households_mu, c.woodland_of_households_mu, c.pasture_of_households_mu,
    coalesce(g.contradicted_goal_count, 0) AS contradicted_goal_count,
    coalesce(g.overdue_goal_count, 0) AS overdue_goal_count,
    coalesce(i.longest_without_upkeep_days, 0) AS longest_without_upkeep_days,
    coalesce(c.household_count, 0) AS household_count, coalesce(c.person_count, 0) AS person_count,
    coalesce(c.powerless_count, 0) AS powerless_count, coalesce(c.unsafe_water_count, 0) AS unsafe_water_count,
    coalesce(t.over_term_count, 0) AS over_term_count, coalesce(t.empty_team_count, 0) AS empty_team_count,
    coalesce(t.leaderless_team_count, 0) AS leaderless_team_count,
    coalesce(t.single_team_count, 0) AS single_team_count, coalesce(t.vague_unit_count, 0) AS vague_unit_count,
    coalesce(t.doubled_unit_count, 0) AS doubled_unit_count, coalesce(a.longest_days, 0) AS longest_absence_days
FROM villages_village v
LEFT JOIN LATERAL (
    SELECT f.* FROM villages_villageyear f
    WHERE f.tenant_id = %(tenant)s AND f.village_id = v.id AND f.year <= %(year)s ORDER BY f.year DESC LIMIT 1
) y ON true
LEFT JOIN (
    SELECT h.scope_code, count(*) AS household_count, sum(h.member_count) AS person_count,
        sum(h.cropland_mu) AS cropland_of_households_mu, sum(h.woodland_mu) AS woodland_of_households_mu,
        sum(h.pasture_mu) AS pasture_of_households_mu,
        count(*) FILTER (WHERE h.has_household_power IS FALSE) AS powerless_count,
        count(*) FILTER (WHERE h.safe_water IS FALSE) AS unsafe_water_count
    FROM fact_household h GROUP BY h.scope_code
) c ON c.scope_code = v.code
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE f.due_on < %(on)s AND f.reached_on IS NULL) AS overdue_goal_count,
        count(*) FILTER (
            WHERE f.reached_on <= make_date(y.year, 12, 31) AND (
                SELECT (to_jsonb(y) ->> ('has_' || f.facility_code))::boolean
            ) IS FALSE
        ) AS contradicted_goal_count
    FROM villages_villagefacility f WHERE f.tenant_id = %(tenant)s AND f.village_id = v.id
) g ON true
LEFT JOIN LATERAL (
    SELECT max(%(on)s::date - p.stage_on) AS longest_without_upkeep_days
    FROM villages_infrastructureproject p
    WHERE p.tenant_id = %(tenant)s AND p.village_id = v.id AND p.stage = 'accepted' AND NOT EXISTS (
        SELECT 1 FROM villages_projectupkeep k
        WHERE k.tenant_id = %(tenant)s AND k.project_id = p.id
            AND k.starts_on <= %(on)s AND coalesce(k.ends_on > %(on)s, true)
    )
) i ON true
LEFT JOIN (
    SELECT w.village_id,
        count(*) FILTER (WHERE coalesce(w.planned_ends_on, b.planned_ends_on) <= %(on)s) AS over_term_count,
        count(*) FILTER (WHERE coalesce(m.members, 0) = 0) AS empty_team_count,
        count(*) FILTER (WHERE m.members > 0 AND m.leaders = 0) AS leaderless_team_count,
        count(*) FILTER (WHERE m.members = 1) AS single_team_count,
        count(*) FILTER (WHERE u.level_code = '' OR u.uscc = '') AS vague_unit_count,
        count(*) FILTER (WHERE u.uscc <> '' AND o.units > 1) AS doubled_unit_count
    FROM villages_workteam w
    JOIN villages_unit u ON u.tenant_id = %(tenant)s AND u.id = w.unit_id
    LEFT JOIN villages_teambatch b ON b.tenant_id = %(tenant)s AND b.id = w.batch_id
    LEFT JOIN (
        SELECT n.team_id, count(*) AS members, count(*) FILTER (WHERE '2' = ANY(n.post_codes)) AS leaders
        FROM villages_teammember n
        WHERE n.tenant_id = %(tenant)s AND n.starts_on <= %(on)s AND (n.ends_on IS NULL OR n.ends_on > %(on)s)
        GROUP BY n.team_id
    ) m ON m.team_id = w.id
    LEFT JOIN (
        SELECT k.uscc, count(*) AS units FROM villages_unit k WHERE k.tenant_id = %(tenant)s GROUP BY k.uscc
    ) o ON o.uscc = u.uscc
    WHERE w.tenant_id = %(tenant)s AND w.starts_on <= %(on)s AND (w.ends_on IS NULL OR w.ends_on > %(on)s)
    GROUP BY w.village_id
) t ON t.village_id = v.id
LEFT JOIN (
    SELECT s.scope_code, max(%(on)s::date - s.starts_on) AS longest_days FROM villages_teamabsence s
    WHERE s.tenant_id = %(tenant)s AND s.starts_on <= %(on)s AND s.ends_on IS NULL GROUP BY s.scope_code
) a ON a.scope_code = v.code
WHERE v.tenant_id = %(tenant)s
