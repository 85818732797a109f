-- The households on the register at the data date, each with the latest yearly facts known then and counts of members.
SELECT h.id AS household_id, h.scope_code, h.status, h.monitoring_state, h.monitoring_code,
    h.standard_code, h.attribute_code, h.main_cause_code, h.other_cause_codes, h.group_name, h.identified_on,
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
    (SELECT l.monitoring_line_yuan FROM households_yearline l WHERE l.tenant_id = %(tenant)s AND l.year <= coalesce(y.year, %(year)s)
        AND l.withdrawn_on IS NULL
        ORDER BY l.year DESC LIMIT 1) AS monitoring_line_yuan,
    coalesce(c.member_count, 0) AS member_count, coalesce(c.head_count, 0) AS head_count,
    coalesce(c.spouse_count, 0) AS spouse_count, coalesce(c.labour_count, 0) AS labour_count,
    coalesce(c.able_count, 0) AS able_count, coalesce(c.unknown_skill_count, 0) AS unknown_skill_count,
    coalesce(c.disabled_count, 0) AS disabled_count, coalesce(c.ill_count, 0) AS ill_count,
    coalesce(c.no_cover_count, 0) AS no_cover_count, coalesce(c.no_medical_count, 0) AS no_medical_count,
    coalesce(c.allowance_count, 0) AS allowance_count, coalesce(c.low_allowance_count, 0) AS low_allowance_count,
    coalesce(c.special_count, 0) AS special_count, coalesce(c.severe_count, 0) AS severe_count,
    coalesce(c.working_count, 0) AS working_count, coalesce(c.dropout_count, 0) AS dropout_count,
    coalesce(c.vocational_count, 0) AS vocational_count, coalesce(c.uninsured_count, 0) AS uninsured_count,
    coalesce(c.worked_count, 0) AS worked_count, coalesce(c.assisted_count, 0) AS assisted_count,
    coalesce(c.pupil_count, 0) AS pupil_count, coalesce(c.father_count, 0) AS father_count,
    c.member_year, c.allowance_year, c.post_year, c.worked_year,
    coalesce(c.mother_count, 0) AS mother_count, c.head_age, c.head_birth_on, c.eldest_child_on, c.youngest_parent_on,
    coalesce(a.post_measure_count, 0) AS post_measure_count, coalesce(a.school_measure_count, 0) AS school_measure_count,
    coalesce(c.post_count, 0) AS post_count, s.starts_on AS monitored_on, coalesce(a.measure_count, 0) AS measure_count,
    coalesce(a.development_count, 0) AS development_count, coalesce(a.safeguard_count, 0) AS safeguard_count,
    coalesce(a.other_count, 0) AS other_count, coalesce(a.waiting_development_count, 0) AS waiting_development_count,
    coalesce(a.job_count, 0) AS job_count,
    coalesce(a.item_codes, '{}') AS item_codes, coalesce(c.same_sex_spouse, false) AS same_sex_spouse,
    coalesce(a.category_codes, '{}') AS category_codes,
    k.id IS NOT NULL AS has_case, coalesce(k.risk_codes, '{}') AS risk_codes,
    r.starts_on AS removed_started_on, r.ends_on AS removed_on, coalesce(r.end_code, '') AS removal_code,
    r.id IS NOT NULL AND EXISTS (
        SELECT 1 FROM assistance_measure q
        WHERE q.tenant_id = %(tenant)s AND q.household_id = h.id AND q.state_code <> '0'
            AND (q.ends_on IS NULL OR q.ends_on > q.starts_on)
    ) AS had_measure,
    coalesce(b.was_helped, false) AS was_helped, coalesce(b.was_developed, false) AS was_developed,
    coalesce(i.year_category_codes, '{}') AS year_category_codes, coalesce(i.year_item_codes, '{}') AS year_item_codes
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
        count(*) FILTER (WHERE p.has_allowance OR p.has_special_support) AS allowance_count,
        count(*) FILTER (WHERE p.has_allowance) AS low_allowance_count,
        count(*) FILTER (WHERE p.has_special_support) AS special_count,
        count(*) FILTER (WHERE p.is_disabled AND p.disability_grade_code IN ('1', '2')) AS severe_count,
        count(*) FILTER (WHERE p.is_working OR p.work_months > 0) AS working_count,
        count(*) FILTER (WHERE p.age >= 6 AND p.age < 16 AND p.dropout_reason_code <> '') AS dropout_count,
        count(*) FILTER (WHERE p.school_code BETWEEN '41' AND '64') AS vocational_count,
        count(*) FILTER (WHERE p.has_basic_medical IS FALSE AND p.has_employee_medical IS NOT TRUE) AS uninsured_count,
        count(*) FILTER (WHERE p.public_post_code <> '') AS post_count,
        count(*) FILTER (WHERE p.work_months > 0) AS worked_count,
        count(*) FILTER (WHERE p.receives_medical_assistance) AS assisted_count,
        count(*) FILTER (WHERE p.school_code BETWEEN '11' AND '23' OR p.age BETWEEN 6 AND 15) AS pupil_count,
        count(*) FILTER (WHERE p.relation_code = '11') AS father_count,
        count(*) FILTER (WHERE p.relation_code = '12') AS mother_count,
        max(p.fact_year) AS member_year,
        max(p.fact_year) FILTER (WHERE p.has_allowance OR p.has_special_support) AS allowance_year,
        max(p.fact_year) FILTER (WHERE p.public_post_code <> '') AS post_year,
        max(p.fact_year) FILTER (WHERE p.work_months > 0) AS worked_year,
        max(p.age) FILTER (WHERE p.relation_code = '01') AS head_age,
        max(p.birth_on) FILTER (WHERE p.relation_code = '01') AS head_birth_on,
        min(p.birth_on) FILTER (WHERE p.relation_code IN ('03', '04')) AS eldest_child_on,
        max(p.birth_on) FILTER (WHERE p.relation_code IN ('11', '12')) AS youngest_parent_on,
        max(p.sex_code) FILTER (WHERE p.relation_code = '01') = max(p.sex_code) FILTER (WHERE p.relation_code = '02')
            AND max(p.sex_code) FILTER (WHERE p.relation_code = '01') IN ('1', '2') AS same_sex_spouse
    FROM fact_person p GROUP BY p.household_id
) c ON c.household_id = h.id
LEFT JOIN LATERAL (
    SELECT g.starts_on FROM households_monitoringspell g
    WHERE g.tenant_id = %(tenant)s AND g.household_id = h.id AND g.ends_on IS NULL LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS measure_count, count(*) FILTER (WHERE e.is_development) AS development_count,
        count(*) FILTER (WHERE e.category_code = '48') AS safeguard_count,
        count(*) FILTER (WHERE e.item_code IN ('4003', '4099', '4599', '4799')) AS other_count,
        count(*) FILTER (WHERE e.is_development AND e.state_code = '0') AS waiting_development_count,
        count(*) FILTER (WHERE e.category_code = '40') AS job_count,
        count(*) FILTER (WHERE e.category_code = '42') AS post_measure_count,
        count(*) FILTER (WHERE e.category_code = '46') AS school_measure_count,
        array_agg(e.item_code) AS item_codes,
        array_agg(e.category_code) AS category_codes
    FROM assistance_measure e
    WHERE e.tenant_id = %(tenant)s AND e.household_id = h.id AND (e.ends_on IS NULL OR e.ends_on > %(on)s)
) a ON true
-- Measures that were under way since monitoring began, also those that have ended.
LEFT JOIN LATERAL (
    SELECT bool_or(true) AS was_helped, bool_or(d.is_development) AS was_developed
    FROM assistance_measure d
    WHERE d.tenant_id = %(tenant)s AND d.household_id = h.id AND d.state_code <> '0' AND d.starts_on <= %(on)s
        AND (d.ends_on IS NULL OR d.ends_on > greatest(d.starts_on, s.starts_on))
) b ON s.starts_on IS NOT NULL
-- Measures that were under way in the months of which the income tells; of a year that is not over, so far.
LEFT JOIN LATERAL (
    SELECT array_agg(n.category_code) AS year_category_codes, array_agg(n.item_code) AS year_item_codes
    FROM assistance_measure n
    WHERE n.tenant_id = %(tenant)s AND n.household_id = h.id AND n.state_code <> '0'
        AND n.starts_on < coalesce(y.period_end, make_date(y.year + 1, 1, 1))
        AND (n.ends_on IS NULL OR n.ends_on > greatest(n.starts_on, coalesce(y.period_start, make_date(y.year, 1, 1))))
) i ON y.id IS NOT NULL
LEFT JOIN dossiers_monitoringcase k ON k.tenant_id = %(tenant)s AND k.household_id = h.id AND k.state = 'confirmed'
LEFT JOIN LATERAL (
    SELECT t.* FROM households_monitoringspell t
    WHERE t.tenant_id = %(tenant)s AND t.household_id = h.id AND h.monitoring_state = 'removed'
    ORDER BY t.ends_on DESC NULLS LAST LIMIT 1
) r ON true
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed' /* narrowed */
