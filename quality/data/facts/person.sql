-- The present members of the households on the register at the data date, each with the latest yearly facts known then.
SELECT p.id AS person_id, h.id AS household_id, h.scope_code, h.status AS household_status, h.monitoring_state,
    m.relation_code, m.starts_on AS joined_on,
    p.sex_code, p.birth_on, p.birth_precision, p.document_code, p.is_placeholder, p.phone_index,
    date_part('year', age(%(on)s::date, p.birth_on))::int AS age,
    ''::varchar AS dropout_reason_code,
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
WHERE h.tenant_id = %(tenant)s AND h.status <> 'closed' /* narrowed */
