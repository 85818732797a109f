"""Training and posts: wishes, courses, enrolments, the county's figures, posts, terms and months."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from households.models import Membership, Person
from livelihoods.definitions.figures import TrainingFigures
from livelihoods.definitions.posts import PostFigures
from livelihoods.domain.courses import CourseDraft, plan_course
from livelihoods.domain.enrolments import Attendance, Picture, certify, enrol, record_attendance
from livelihoods.domain.figures import set_post_rule, set_training_rule
from livelihoods.domain.months import confirm_month
from livelihoods.domain.posts import PostDraft, fill_post, open_post
from livelihoods.domain.wishes import record_wish
from livelihoods.models import Course, Enrolment, PostHolding, PostRule, TrainingRule, TrainingWish, WelfarePost
from registry.lib.periods import months_after, today
from tests.factories.dossiers import PDF
from tests.tenancy.app_lists import AppLists, Ground, Written

FIRST: Final = date(2021, 2, 1)
LAST: Final = date(2021, 2, 5)
# A term that runs today and ends soon.
TERM: Final = months_after(today().replace(day=1), -6)
TERM_END: Final = today() + timedelta(days=30)
COURSE: Final = {
    "name": "trial",
    "kind_code": "02",
    "organiser": "trial",
    "place": "trial",
    "starts_on": "2021-02-01",
    "last_on": "2021-02-05",
    "day_count": 5,
    "hour_count": 10,
    "seat_count": 10,
}
POST: Final = {
    "name": "trial",
    "kind_code": "05",
    "seat_count": 3,
    "monthly_yuan": "10.00",
    "funding_code": "3",
    "pay_item_code": "1023",
    "duties": "trial",
    "starts_on": "2020-01-01",
}
POST_FIGURES: Final = {
    "youngest_age": 18,
    "oldest_age": 65,
    "most_months": 6,
    "asked_days": 30,
    "source": "trial",
}
FIGURES: Final = {
    "youngest_age": 14,
    "oldest_age": 119,
    "least_percent": 50,
    "needs_certificate": True,
    "counted_since": "2021-01-01",
    "source": "trial",
}


def write(ground: Ground) -> Written:
    """Set figures by which nobody is trained, and in each township hear a wish and certify who came."""
    mark, actor = ground.mark, ground.actor
    figures = TrainingFigures(
        youngest_age=14,
        oldest_age=120,
        least_percent=100,
        needs_certificate=True,
        counted_since=date(2099, 1, 1),
        source=mark,
    )
    rule = set_training_rule(2020, figures, actor=actor)
    own = PostFigures(youngest_age=16, oldest_age=69, most_months=12, asked_days=60, source=mark)
    post_rule = set_post_rule(2020, own, actor=actor)
    draft = CourseDraft(
        name=f"{mark}班",
        kind_code="02",
        organiser=mark,
        place=mark,
        starts_on=FIRST,
        last_on=LAST,
        day_count=5,
        hour_count=10,
        seat_count=9,
    )
    course = plan_course(draft, actor=actor)
    lead = Membership.objects.get(household=ground.far, relation_code="01")
    found: dict[str, UUID] = {}
    for home, person_id in ((ground.far, lead.person_id), (ground.household, ground.member_id)):
        # Of an age for courses and posts, whatever the county invented.
        Person.objects.filter(pk=person_id).update(birth_on=date(1985, 1, 1))
        wish = record_wish(person_id, "08", told_on=FIRST, actor=actor)
        row = enrol(course.pk, person_id, actor=actor)
        record_attendance(course.pk, [Attendance(row.pk, 1, 1)], actor=actor)
        certify(
            row.pk,
            kind_code="1",
            number=f"{mark}1",
            on=LAST,
            actor=actor,
            version=2,
            picture=Picture(PDF, f"{mark}.pdf"),
        )
        draft_of_post = PostDraft(
            name=f"{mark}岗",
            kind_code="05",
            seat_count=3,
            monthly_yuan=Decimal(10),
            funding_code="3",
            pay_item_code="1023",
            duties=mark,
            starts_on=date(2020, 1, 1),
        )
        post = open_post(home.village_id, draft_of_post, actor=actor)
        term = fill_post(post.pk, person_id, starts_on=TERM, ends_on=TERM_END, actor=actor)
        month = confirm_month(term.pk, TERM, actor=actor)
        found = {
            "livelihoods_trainingwish": wish.pk,
            "livelihoods_enrolment": row.pk,
            "livelihoods_welfarepost": post.pk,
            "livelihoods_postholding": term.pk,
            "livelihoods_postmonth": month.pk,
        }
    ids = {
        "training_rule_id": rule.pk,
        "post_rule_id": post_rule.pk,
        "course_id": course.pk,
        "wish_id": found["livelihoods_trainingwish"],
        "enrolment_id": found["livelihoods_enrolment"],
        "post_id": found["livelihoods_welfarepost"],
        "term_id": found["livelihoods_postholding"],
        "month_id": found["livelihoods_postmonth"],
    }
    return Written(
        ids,
        {
            "livelihoods_trainingrule": rule.pk,
            "livelihoods_postrule": post_rule.pk,
            "livelihoods_course": course.pk,
            **found,
        },
    )


LISTS: Final = AppLists(
    pages={
        "admin:training-coverage": "livelihoods.view_coverage",
        "admin:training-wishes": "livelihoods.view_coverage",
        "admin:training-outcomes": "livelihoods.record_outcome",
        "admin:course-attendance": "livelihoods.record_attendance",
        "admin:enrolment-file": "livelihoods.view",
        "admin:posts-due": "livelihoods.view",
        "admin:household-post-pay": "livelihoods.view",
    },
    with_history={
        "livelihoods_trainingrule",
        "livelihoods_postrule",
        "livelihoods_course",
        "livelihoods_trainingwish",
        "livelihoods_enrolment",
        "livelihoods_welfarepost",
        "livelihoods_postholding",
    },
    models={
        "livelihoods_trainingrule": ("livelihoods.view_coverage", "livelihoods.manage_figures", {}),
        "livelihoods_postrule": ("livelihoods.view_coverage", "livelihoods.manage_figures", {}),
        "livelihoods_course": (
            "livelihoods.view",
            "livelihoods.keep_courses",
            {"close": "livelihoods.keep_courses", "cancel": "livelihoods.keep_courses"},
        ),
        "livelihoods_trainingwish": ("livelihoods.view", "", {"withdraw": "livelihoods.record_wish"}),
        "livelihoods_enrolment": (
            "livelihoods.view",
            "",
            {
                "attendance": "livelihoods.record_attendance",
                "certify": "livelihoods.certify",
                "withdraw-certificate": "livelihoods.certify",
                "outcome": "livelihoods.record_outcome",
                "withdraw": "livelihoods.enrol",
            },
        ),
        "livelihoods_welfarepost": ("livelihoods.view", "livelihoods.keep_posts", {}),
        "livelihoods_postholding": (
            "livelihoods.view",
            "",
            {
                "confirm": "livelihoods.confirm_months",
                "renew": "livelihoods.fill_posts",
                "end": "livelihoods.fill_posts",
            },
        ),
        "livelihoods_postmonth": ("livelihoods.view", "", {"reverse": "livelihoods.confirm_months"}),
    },
    api={
        "api:training-wishes": {"GET": "livelihoods.view"},
        "api:training-wish-withdraw": {"POST": "livelihoods.record_wish"},
        "api:person-training-wishes": {"POST": "livelihoods.record_wish"},
        "api:training-wish-counts": {"GET": "livelihoods.view_coverage"},
        "api:courses": {"GET": "livelihoods.view", "POST": "livelihoods.keep_courses"},
        "api:course": {"GET": "livelihoods.view", "PUT": "livelihoods.keep_courses"},
        "api:course-close": {"POST": "livelihoods.keep_courses"},
        "api:course-cancel": {"POST": "livelihoods.keep_courses"},
        "api:course-enrolments": {"POST": "livelihoods.enrol"},
        "api:course-attendance": {"POST": "livelihoods.record_attendance"},
        "api:enrolments": {"GET": "livelihoods.view"},
        "api:enrolment": {"GET": "livelihoods.view"},
        "api:enrolment-withdraw": {"POST": "livelihoods.enrol"},
        "api:enrolment-certificate": {"POST": "livelihoods.certify"},
        "api:enrolment-certificate-withdraw": {"POST": "livelihoods.certify"},
        "api:enrolment-outcome": {"POST": "livelihoods.record_outcome"},
        "api:enrolment-file": {"GET": "livelihoods.view"},
        "api:training-outcomes-due": {"GET": "livelihoods.record_outcome"},
        "api:training-coverage": {"GET": "livelihoods.view_coverage"},
        "api:training-lacking": {"GET": "livelihoods.view_coverage"},
        "api:training-rules": {"GET": "livelihoods.view_coverage", "POST": "livelihoods.manage_figures"},
        "api:post-rules": {"GET": "livelihoods.view_coverage", "POST": "livelihoods.manage_figures"},
        "api:post-rule": {"PUT": "livelihoods.manage_figures"},
        "api:training-rule": {"PUT": "livelihoods.manage_figures"},
        "api:welfare-posts": {"GET": "livelihoods.view", "POST": "livelihoods.keep_posts"},
        "api:welfare-post": {"GET": "livelihoods.view", "PUT": "livelihoods.keep_posts"},
        "api:welfare-post-terms": {"POST": "livelihoods.fill_posts"},
        "api:post-terms": {"GET": "livelihoods.view"},
        "api:post-terms-due": {"GET": "livelihoods.view"},
        "api:post-term-renew": {"POST": "livelihoods.fill_posts"},
        "api:post-term-end": {"POST": "livelihoods.fill_posts"},
        "api:post-term-months": {"POST": "livelihoods.confirm_months"},
        "api:post-months": {"GET": "livelihoods.view"},
        "api:post-month-reversal": {"POST": "livelihoods.confirm_months"},
        "api:household-pay-offers": {"GET": "livelihoods.view"},
    },
    write=write,
    bodies={
        ("api:training-wish-withdraw", "POST"): {"reason": "trial"},
        ("api:person-training-wishes", "POST"): {"kind_code": "03", "told_on": "2021-03-01"},
        ("api:course", "PUT"): COURSE,
        ("api:course-cancel", "POST"): {"reason": "trial"},
        ("api:course-enrolments", "POST"): {"person_id": "{person_id}"},
        ("api:course-attendance", "POST"): {"lines": [{"enrolment_id": "{enrolment_id}", "days": 2, "version": 3}]},
        ("api:enrolment-withdraw", "POST"): {"reason": "trial"},
        ("api:enrolment-certificate", "POST"): {"kind_code": "1", "number": "trial", "on": "2021-03-01"},
        ("api:enrolment-certificate-withdraw", "POST"): {"reason": "trial"},
        ("api:enrolment-outcome", "POST"): {"code": "5", "on": "2021-06-01"},
        ("api:training-rule", "PUT"): FIGURES,
        ("api:post-rule", "PUT"): POST_FIGURES,
        ("api:welfare-posts", "POST"): {**POST, "village_id": "{village_id}"},
        ("api:welfare-post", "PUT"): POST,
        ("api:welfare-post-terms", "POST"): {
            "person_id": "{person_id}",
            "starts_on": str(TERM),
            "ends_on": str(TERM_END),
        },
        ("api:post-term-renew", "POST"): {"ends_on": str(TERM_END + timedelta(days=100))},
        ("api:post-term-end", "POST"): {"on": str(today()), "reason": "trial"},
        ("api:post-term-months", "POST"): {"month": str(months_after(TERM, 1))},
        ("api:post-month-reversal", "POST"): {"reason": "trial"},
    },
    versioned={
        "training_rule_id": TrainingRule,
        "post_rule_id": PostRule,
        "course_id": Course,
        "wish_id": TrainingWish,
        "enrolment_id": Enrolment,
        "post_id": WelfarePost,
        "term_id": PostHolding,
    },
    figures={"api:training-wish-counts", "api:training-coverage"},
    more={
        ("api:courses", "POST"): COURSE,
        ("api:post-rules", "POST"): POST_FIGURES | {"from_year": 2022},
        ("api:training-rules", "POST"): FIGURES | {"from_year": 2022},
    },
    named={"enrolment_id": "livelihoods_enrolment", "help_visit_id": "assistance_helpvisit"},
    without_version={
        "api:course-enrolments",
        "api:course-attendance",
        "api:person-training-wishes",
        "api:welfare-post-terms",
    },
    shared={"livelihoods_trainingrule", "livelihoods_postrule", "livelihoods_course"},
    # The name of a post and a month, as the ledger of income names them; the table is append-only.
    stays={"livelihoods_postmonth.source"},
    of_households={"enrolment_id", "wish_id", "term_id", "month_id"},
)
