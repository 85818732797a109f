"""Addresses of training and posts below /api/v1/."""

from django.urls import path

from livelihoods.api import figures, posts, training

_COURSE = "courses/<uuid:course_id>/"
_ENROLMENT = "enrolments/<uuid:enrolment_id>/"
_POST = "welfare-posts/<uuid:post_id>/"
_TERM = "post-terms/<uuid:term_id>/"

urlpatterns = [
    path("training-wishes/", training.WishList.as_view(), name="training-wishes"),
    path("training-wishes/<uuid:wish_id>/withdraw/", training.WishWithdrawal.as_view(), name="training-wish-withdraw"),
    path("persons/<uuid:person_id>/training-wishes/", training.PersonWishes.as_view(), name="person-training-wishes"),
    path("training-wish-counts/", training.OpenWishCounts.as_view(), name="training-wish-counts"),
    path("courses/", training.CourseList.as_view(), name="courses"),
    path(_COURSE, training.CourseDetail.as_view(), name="course"),
    path(f"{_COURSE}close/", training.CourseClosing.as_view(), name="course-close"),
    path(f"{_COURSE}cancel/", training.CourseCancelling.as_view(), name="course-cancel"),
    path(f"{_COURSE}enrolments/", training.CourseEnrolments.as_view(), name="course-enrolments"),
    path(f"{_COURSE}attendance/", training.CourseAttendance.as_view(), name="course-attendance"),
    path("enrolments/", training.EnrolmentList.as_view(), name="enrolments"),
    path(_ENROLMENT, training.EnrolmentDetail.as_view(), name="enrolment"),
    path(f"{_ENROLMENT}withdraw/", training.EnrolmentWithdrawal.as_view(), name="enrolment-withdraw"),
    path(f"{_ENROLMENT}certificate/", training.EnrolmentCertificate.as_view(), name="enrolment-certificate"),
    path(
        f"{_ENROLMENT}certificate/withdraw/",
        training.CertificateWithdrawal.as_view(),
        name="enrolment-certificate-withdraw",
    ),
    path(f"{_ENROLMENT}outcome/", training.EnrolmentOutcome.as_view(), name="enrolment-outcome"),
    path(f"{_ENROLMENT}file/", training.EnrolmentFile.as_view(), name="enrolment-file"),
    path("training-outcomes-due/", training.OutcomesDue.as_view(), name="training-outcomes-due"),
    path("training-coverage/", training.TrainingCoverage.as_view(), name="training-coverage"),
    path("training-lacking/", training.HouseholdsLacking.as_view(), name="training-lacking"),
    path("training-rules/", figures.RuleList.as_view(), name="training-rules"),
    path("training-rules/<uuid:training_rule_id>/", figures.RuleDetail.as_view(), name="training-rule"),
    path("post-rules/", figures.PostRuleList.as_view(), name="post-rules"),
    path("post-rules/<uuid:post_rule_id>/", figures.PostRuleDetail.as_view(), name="post-rule"),
    path("welfare-posts/", posts.PostList.as_view(), name="welfare-posts"),
    path(_POST, posts.PostDetail.as_view(), name="welfare-post"),
    path(f"{_POST}terms/", posts.PostTerms.as_view(), name="welfare-post-terms"),
    path("post-terms/", posts.TermList.as_view(), name="post-terms"),
    path("post-terms-due/", posts.TermsDue.as_view(), name="post-terms-due"),
    path(f"{_TERM}renew/", posts.TermRenewalView.as_view(), name="post-term-renew"),
    path(f"{_TERM}end/", posts.TermEndView.as_view(), name="post-term-end"),
    path(f"{_TERM}months/", posts.TermMonths.as_view(), name="post-term-months"),
    path("post-months/", posts.MonthList.as_view(), name="post-months"),
    path("post-months/<uuid:month_id>/reversal/", posts.MonthReversalView.as_view(), name="post-month-reversal"),
    path("households/<uuid:household_id>/pay-offers/", posts.PayOffers.as_view(), name="household-pay-offers"),
]
