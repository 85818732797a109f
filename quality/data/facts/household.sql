-- The households on the register at the data date, each with the latest yearly facts known then and counts of members.
SELECT h.id AS household_id, h.scope_code, h.status, h.monitoring_state, h.monitoring_code,
    h.standard_code, h.attribute_code, h.main_cause_code, h.group_name, h.identified_on,
    h.phone_index, h.account_index,
    h.monitoring_state IN ('identified', 'relapsed') AS is_at_risk,
    y.id IS NOT NULL AS has_facts, coalesce(y.year, 0)::int AS fact_year, y.person_count, y.period_start, y.period_end,
    y.wage_income_yuan, y.business_income_yuan, y.property_income_yuan, y.transfer_income_yuan, y.business_cost_yuan,
    y.net_per_head_yuan, y.is_declared, y.dangerous_housing, y.safe_water, y.visit_id IS NOT NULL AS was_visited,
    y.claims_yuan, y.self_paid_cost_yuan, y.persons_at_start, y.persons_at_end,
    y.cropland_mu, y.irrigated_mu, y.woodland_mu, y.returned_forest_mu, y.orchard_mu, y.pasture_mu, y.water_mu,
    y.has_production_power, y.has_household_power, y.has_broadcast, y.has_water_difficulty, y.has_sanitary_toilet,
    coalesce(y.water_source_code, '') AS water_source_code, y.road_distance_km,
    coalesce(y.entry_road_code, '') AS entry_road_code, y.housing_area_m2,
    coalesce(y.dangerous_grade_code, '') AS dangerous_grade_code, y.rebuilt_year,
    coalesce(y.house_structure_code, '') AS house_structure_code, coalesce(y.fuel_code, '') AS fuel_code,
    (SELECT l.monitoring_line_yuan FROM households_yearline l WHERE l.tenant_id = %(tenant)s AND l.year <= %(year)s
        ORDER BY l.year DESC LIMIT 1) AS monitoring_line_yuan,
    coalesce(c.member_count, 0) AS member_count, coalesce(c.head_count, 0) AS head_count,
    coalesce(c.spouse_count, 0) AS spouse_count, coalesce(c.labour_count, 0) AS labour_count,
    coalesce(c.able_count, 0) AS able_count, coalesce(c.unknown_skill_count, 0) AS unknown_skill_count,
    coalesce(c.disabled_count, 0) AS disabled_count, coalesce(c.ill_count, 0) AS ill_count,
    coalesce(c.no_cover_count, 0) AS no_cover_count, coalesce(c.no_medical_count, 0) AS no_medical_count,
    0 AS allowance_count, coalesce(c.same_sex_spouse, false) AS same_sex_spouse
FROM households_household h
LEFT JOIN LATERAL (
    SELECT f.* FROM households_householdyear f
    WHERE f.tenant_id = %(tenant)s AND f.household_id = h.id AND f.year <= %(year)s ORDER BY f.year DESC LIMIT 1
) y ON true
LEFT JOIN (
    SELECT p.household_id, count(*) AS member_count,
        count(*) FILTER (WHERE p.relation_code = '01') AS head_count,
        count(*) FILTER (WHERE p.relation_code = '02') AS spouse_count,
        count(*) FILTER (WHERE p.has_labour) AS labour_count,
        count(*) FILTER (WHERE p.is_able) AS able_count,
        count(*) FILTER (WHERE p.skill_code = '') AS unknown_skill_count,
        count(*) FILTER (WHERE p.is_disabled) AS disabled_count,
        count(*) FILTER (WHERE p.is_ill) AS ill_count,
        count(*) FILTER (WHERE p.has_serious_illness_cover IS FALSE) AS no_cover_count,
        count(*) FILTER (WHERE p.has_basic_medical IS FALSE) AS no_medical_count,
        max(p.sex_code) FILTER (WHERE p.relation_code = '01') = max(p.sex_code) FILTER (WHERE p.relation_code = '02')
            AND max(p.sex_code) FILTER (WHERE p.relation_code = '01') IN ('1', '2') AS same_sex_spouse
    FROM fact_person p GROUP BY p.household_id
) c ON c.household_id = h.id
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed' /* narrowed */
