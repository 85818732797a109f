"""The columns of the village sheet. Source: village form of the national system (行政村信息), yearly tables by village.

Left out are the head of the village and the telephone, which are a person's; the collective's income is stated in yuan
and not in ten thousand yuan.
"""

from typing import Final

from reports.definitions.text import Text

ID: Final = "village-sheet"
TITLE: Final = Text("行政村信息", "Village sheet")
BASE: Final = Text("基本情况", "Basic facts")
PEOPLE: Final = Text("人口", "People")
LAND: Final = Text("土地资源（亩）", "Land (mu)")
ECONOMY: Final = Text("经济", "Economy")
FACILITIES: Final = Text("基础设施和公共服务", "Facilities and services")

COLUMNS: Final[tuple[tuple[str, str, str, Text | None], ...]] = (
    ("sequence", "序号", "No.", None),
    ("county", "县", "County", None),
    ("township", "乡镇", "Township", None),
    ("village", "行政村", "Village", None),
    ("division_code", "行政编码", "Division code", None),
    ("village_facts_year", "数据年度", "Year of the facts", BASE),
    ("village_attribute_code", "村属性", "Kind of village", BASE),
    ("village_direction_code", "发展方向", "Direction of development", BASE),
    ("village_terrain_code", "地形地貌", "Terrain", BASE),
    ("village_longitude", "经度", "Longitude", BASE),
    ("village_latitude", "纬度", "Latitude", BASE),
    ("village_natural_village_count", "自然村（村民小组）数", "Natural villages and groups", BASE),
    ("village_has_team", "有驻村工作队", "Has a team", BASE),
    ("village_team_member_count", "工作队人数", "Members of the team", BASE),
    ("village_household_count", "总户数", "Households", PEOPLE),
    ("village_person_count", "总人口", "Persons", PEOPLE),
    ("village_allowance_household_count", "低保户数", "Households with the allowance", PEOPLE),
    ("village_allowance_person_count", "低保人口", "Persons with the allowance", PEOPLE),
    ("village_supported_household_count", "五保户数", "Households with special support", PEOPLE),
    ("village_supported_person_count", "五保人口", "Persons with special support", PEOPLE),
    ("village_women_count", "妇女", "Women", PEOPLE),
    ("village_disabled_count", "残疾人", "Persons with a disability", PEOPLE),
    ("village_labour_count", "劳动力", "Persons able to work", PEOPLE),
    ("village_working_away_count", "外出务工", "Away for work over three months", PEOPLE),
    ("village_graduate_officer_count", "大学生村官", "Graduates serving in the village", PEOPLE),
    ("village_cropland_mu", "耕地", "Cropland", LAND),
    ("village_irrigated_mu", "有效灌溉", "Irrigated", LAND),
    ("village_woodland_mu", "林地", "Woodland", LAND),
    ("village_returned_forest_mu", "退耕还林", "Returned to forest", LAND),
    ("village_orchard_mu", "林果", "Orchards", LAND),
    ("village_pasture_mu", "牧草地", "Pasture", LAND),
    ("village_water_mu", "水域", "Water", LAND),
    ("village_net_per_head_yuan", "农民人均纯收入（元）", "Net income per head (yuan)", ECONOMY),
    ("village_collective_income_yuan", "村集体经济收入（元）", "Collective income (yuan)", ECONOMY),
    ("village_ledger_income_yuan", "台账自主收入（元）", "Own income by the ledger (yuan)", ECONOMY),
    ("village_income_goal_yuan", "收入目标（元）", "Goal (yuan)", ECONOMY),
    ("village_cooperative_count", "农民专业合作社", "Cooperatives", ECONOMY),
    ("village_tourism_household_count", "乡村旅游户数", "Households in tourism", ECONOMY),
    ("village_guesthouse_household_count", "农家乐户数", "Farm guesthouses", ECONOMY),
    ("village_tourism_worker_count", "旅游从业人数", "Working in tourism", ECONOMY),
    ("village_guesthouse_income_yuan", "农家乐户均收入（元）", "Mean income of a guesthouse (yuan)", ECONOMY),
    ("village_has_bus", "通客运班车", "Passenger bus", FACILITIES),
    ("village_has_township_road", "到乡镇通沥青（水泥）路", "Paved road to the township", FACILITIES),
    ("village_unsafe_water_household_count", "未实现饮水安全户数", "Households without safe water", FACILITIES),
    ("village_water_difficulty_household_count", "饮水困难户数", "Households that hardly reach water", FACILITIES),
    ("village_dangerous_housing_household_count", "危房户数", "Households in dangerous houses", FACILITIES),
    ("village_clinic_count", "卫生室", "Health stations", FACILITIES),
    ("village_public_toilet_count", "公共卫生厕所", "Sanitary public toilets", FACILITIES),
    ("village_doctor_count", "执业（助理）医师", "Licensed doctors", FACILITIES),
    ("village_waste_point_count", "垃圾集中堆放点", "Collection points of waste", FACILITIES),
    ("village_library_count", "文化（图书）室", "Culture rooms and libraries", FACILITIES),
    ("village_broadband_household_count", "通宽带户数", "Households with broadband", FACILITIES),
    ("village_broadband_school_count", "通宽带的村小学", "Schools with broadband", FACILITIES),
    ("village_mobile_internet_household_count", "能用手机上网户数", "Households with mobile internet", FACILITIES),
    ("village_information_officer_count", "行政村信息员", "Information officers", FACILITIES),
    ("village_medical_insured_count", "参加新农合人数", "In the rural medical insurance", FACILITIES),
    ("village_resident_pension_count", "居民养老保险人数", "In the residents' pension", FACILITIES),
    ("village_employee_pension_count", "职工养老保险人数", "In the employees' pension", FACILITIES),
)
