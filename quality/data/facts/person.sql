-- The present members of the households on the register at the data date, each with the latest yearly facts known then.
SELECT p.id AS person_id, h.id AS household_id, h.scope_code, h.status AS household_status, h.monitoring_state,
    m.relation_code, m.starts_on AS joined_on,
    p.sex_code, p.birth_on, p.birth_precision, p.document_code, p.is_placeholder, p.phone_index,
    date_part('year', age(%(on)s::date, p.birth_on))::int AS age,
    p.disability_category_code, p.disability_grade_code, coalesce(y.dropout_reason_code, '') AS dropout_reason_code,
    y.has_employee_medical, y.receives_medical_assistance, y.has_resident_pension, y.has_employee_pension,
    num_nonnulls(y.has_employee_medical, y.has_resident_pension, y.has_employee_pension, y.works_abroad,
        y.receives_medical_assistance, y.receives_other_health_support, y.is_in_military_service) > 0 AS is_collected,
    y.works_abroad, coalesce(y.work_division_code, '') AS work_division_code,
    coalesce(y.employment_channel_code, '') AS employment_channel_code,
    coalesce(y.employer, '') AS employer, coalesce(y.industry_code, '') AS industry_code,
    coalesce(y.public_post_code, '') AS public_post_code, y.public_post_months,
    coalesce(y.minimum_living_allowance_code, '') AS allowance_code,
    coalesce(y.special_support_code, '') AS special_support_code,
    coalesce(y.minimum_living_allowance_code, '') IN ('1', '2') AS has_allowance,
    coalesce(y.special_support_code, '') IN ('1', '2') AS has_special_support,
    y.is_in_military_service, y.is_unsupported_child,
    w.id IS NOT NULL AS has_work, coalesce(w.is_planned, false) AS is_planned, w.starts_on AS work_starts_on,
    w.ends_on AS work_ends_on, coalesce(w.division_code, '') AS record_division_code,
    coalesce(w.employer, '') AS record_employer, coalesce(w.industry_code, '') AS record_industry_code,
    coalesce(w.channel_code, '') AS record_channel_code, w.monthly_income_yuan, w.is_point_to_point,
    cardinality(coalesce(w.service_codes, '{}')) AS service_count,
    w.id IS NOT NULL AND NOT w.is_planned AND (w.ends_on IS NULL OR w.ends_on > %(on)s) AS is_working,
    y.id IS NOT NULL AS has_facts, coalesce(y.year, 0)::int AS fact_year,
    coalesce(y.education_code, '') AS education_code, coalesce(y.school_code, '') AS school_code,
    coalesce(y.school_code, '') NOT IN ('', '00', '01') AS is_at_school,
    coalesce(y.health_codes, '{}') AS health_codes,
    coalesce(y.health_codes = '{1}', false) AS is_healthy,
    coalesce(y.health_codes && ARRAY['2', '3']::varchar[], false) AS is_ill,
    coalesce(y.health_codes @> ARRAY['4']::varchar[], false) AS is_disabled,
    coalesce(y.skill_code, '') AS skill_code,
    coalesce(y.skill_code, '') IN ('1', '2') AS is_able, coalesce(y.skill_code, '') IN ('1', '2', '5') AS has_labour,
    m.relation_code IN (SELECT c.code FROM registry_code c WHERE c.scheme = 'relation') AS relation_is_known,
    coalesce(y.education_code, '') = '' OR y.education_code IN
        (SELECT c.code FROM registry_code c WHERE c.scheme = 'education') AS education_is_known,
    coalesce(y.school_code, '') = '' OR y.school_code IN
        (SELECT c.code FROM registry_code c WHERE c.scheme = 'school_status') AS school_is_known,
    coalesce(y.skill_code, '') = '' OR y.skill_code IN
        (SELECT c.code FROM registry_code c WHERE c.scheme = 'labour_skill') AS skill_is_known,
    coalesce(y.work_place, '') AS work_place, y.work_months, y.has_basic_medical, y.has_serious_illness_cover
FROM households_household h
JOIN households_membership m ON m.tenant_id = %(tenant)s AND m.household_id = h.id
    AND (m.starts_on IS NULL OR m.starts_on <= %(on)s) AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
JOIN households_person p ON p.tenant_id = %(tenant)s AND p.id = m.person_id
LEFT JOIN LATERAL (
    SELECT f.* FROM households_personyear f
    WHERE f.tenant_id = %(tenant)s AND f.person_id = p.id AND f.year <= %(year)s ORDER BY f.year DESC LIMIT 1
) y ON true
LEFT JOIN LATERAL (
    SELECT r.* FROM households_workrecord r
    WHERE r.tenant_id = %(tenant)s AND r.person_id = p.id AND r.year = %(year)s ORDER BY r.starts_on DESC, r.id LIMIT 1
) w ON true
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed' /* narrowed */
