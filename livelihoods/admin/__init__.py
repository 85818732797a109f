"""Pages of training and posts on the admin site."""

from django.utils.translation import gettext_lazy as _

from households.admin import HouseholdAdmin
from households.admin.persons import PersonAdmin
from livelihoods.admin.figures import PostRuleAdmin, TrainingRuleAdmin
from livelihoods.admin.pages import attendance_page, certificate_file, coverage_page, outcomes_page, wishes_page
from livelihoods.admin.posts import (
    FILL_POST,
    PersonTermInline,
    PostHoldingAdmin,
    PostMonthAdmin,
    WelfarePostAdmin,
    household_pay,
    posts_due_page,
)
from livelihoods.admin.training import (
    ENROL,
    RECORD_WISH,
    CourseAdmin,
    EnrolmentAdmin,
    PersonEnrolmentInline,
    TrainingWishAdmin,
    WishInline,
)
from registry.admin.site import SitePage, site

__all__ = [
    "CourseAdmin",
    "EnrolmentAdmin",
    "PostHoldingAdmin",
    "PostMonthAdmin",
    "PostRuleAdmin",
    "TrainingRuleAdmin",
    "TrainingWishAdmin",
    "WelfarePostAdmin",
]

# The person's page belongs to the app below, which does not know of courses and posts.
PersonAdmin.inlines = (*PersonAdmin.inlines, WishInline, PersonEnrolmentInline, PersonTermInline)
PersonAdmin.verbs = (*PersonAdmin.verbs, RECORD_WISH, ENROL, FILL_POST)

HouseholdAdmin.open_pages = (
    *HouseholdAdmin.open_pages,
    ("household-post-pay", "livelihoods.view", _("Pay of posts for the income ledger"), "badge"),
)

_APP = "livelihoods"
for page in (
    SitePage(
        "training-coverage", "livelihoods/coverage/", "livelihoods.view_coverage", coverage_page, _APP,
        _("A trained member in each household"), "school",
    ),
    SitePage(
        "training-wishes", "livelihoods/wishes/", "livelihoods.view_coverage", wishes_page, _APP,
        _("Open wishes for training"), "emoji_objects",
    ),
    SitePage(
        "training-outcomes", "livelihoods/outcomes/", "livelihoods.record_outcome", outcomes_page, _APP,
        _("Work after training"), "work_history",
    ),
    SitePage(
        "course-attendance", "livelihoods/courses/<uuid:course_id>/attendance/", "livelihoods.record_attendance",
        attendance_page, _APP,
    ),
    SitePage(
        "enrolment-file", "livelihoods/enrolments/<uuid:enrolment_id>/file/", "livelihoods.view", certificate_file,
        _APP,
    ),
    SitePage(
        "posts-due", "livelihoods/posts-due/", "livelihoods.view", posts_due_page, _APP,
        _("Posts to be looked at"), "badge",
    ),
    SitePage(
        "household-post-pay", "livelihoods/households/<uuid:household_id>/post-pay/", "livelihoods.view",
        household_pay, _APP,
    ),
):  # fmt: skip
    site.add_page(page)
