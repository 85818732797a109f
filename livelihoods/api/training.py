"""Wishes, courses, enrolments, and the households that lack a trained member."""

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.domain.files import neutral_name
from households.queries.lists import in_division
from livelihoods.api import shapes
from livelihoods.domain.courses import CourseDraft, amend_course, cancel_course, close_course, plan_course
from livelihoods.domain.enrolments import (
    Attendance,
    Picture,
    certify,
    enrol,
    read_certificate,
    record_attendance,
    record_outcome,
    withdraw_certificate,
    withdraw_enrolment,
)
from livelihoods.domain.wishes import record_wish, withdraw_wish
from livelihoods.models import Course, Enrolment, TrainingWish
from livelihoods.queries.figures import figures_of
from livelihoods.queries.outcomes import enrolment_rows, outcomes_due
from livelihoods.queries.training import (
    course_rows,
    coverage_today,
    households_without_trained,
    lacking_rows,
    wish_rows,
    wishes_by_kind,
)
from livelihoods.queries.visibility import enrolments_visible_to, find_course, find_enrolment, wishes_visible_to
from registry.api.base import TenantAPIView
from registry.api.files import BODIES
from registry.domain.files import MOST_BYTES
from registry.lib.periods import today


class _WishView(TenantAPIView):
    def answer(self, row: TrainingWish, *, status: int = 200) -> Response:
        """Show the wish as it is now."""
        shown = wish_rows(TrainingWish.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class WishList(TenantAPIView):
    """The wishes of the persons in the token's area."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    filters: ClassVar = shapes.WishFilter
    paged: ClassVar = True

    @extend_schema(operation_id="training_wishes_list", responses=shapes.WishRow(many=True))
    def get(self, request: Request) -> Response:
        """List wishes, met and withdrawn ones too."""
        return self.page(self.filtered(wishes_visible_to(self.actor)), wish_rows)


class PersonWishes(_WishView):
    """The wishes of one person."""

    actions: ClassVar = {"POST": "livelihoods.record_wish"}
    # A wish changes nothing of the person.
    versioned: ClassVar = False

    @extend_schema(operation_id="persons_wish", request=shapes.WishShape, responses={201: shapes.WishRow})
    def post(self, request: Request, person_id: UUID) -> Response:
        """Enter what a person wants to learn."""
        wanted = self.shape(shapes.WishShape)
        row = record_wish(person_id, wanted.pop("kind_code"), actor=self.actor, **wanted)
        return self.answer(row, status=201)


class WishWithdrawal(_WishView):
    """The withdrawal of one wish."""

    actions: ClassVar = {"POST": "livelihoods.record_wish"}

    @extend_schema(operation_id="training_wishes_withdraw", request=shapes.TrainingReason, responses=shapes.WishRow)
    def post(self, request: Request, wish_id: UUID) -> Response:
        """Take back a wish that was entered in error."""
        reason = self.shape(shapes.TrainingReason)["reason"]
        return self.answer(withdraw_wish(wish_id, actor=self.actor, reason=reason, version=self.version()))


class OpenWishCounts(TenantAPIView):
    """The open wishes of the token's area by kind."""

    actions: ClassVar = {"GET": "livelihoods.view_coverage"}

    @extend_schema(operation_id="training_wishes_counts", responses=shapes.OpenWishesRow(many=True))
    def get(self, request: Request) -> Response:
        """Count the persons whose wish is open, by kind, the most wanted first."""
        return Response({"next": None, "results": [asdict(one) for one in wishes_by_kind()]})


class _CourseView(TenantAPIView):
    def answer(self, row: Course, *, status: int = 200) -> Response:
        """Show the course as it is now."""
        return self.row(course_rows(Course.objects.filter(pk=row.pk)).get(), version=row.version, status=status)


class CourseList(_CourseView):
    """The courses of the county."""

    actions: ClassVar = {"GET": "livelihoods.view", "POST": "livelihoods.keep_courses"}
    filters: ClassVar = shapes.CourseFilter
    paged: ClassVar = True

    @extend_schema(operation_id="courses_list", responses=shapes.CourseRow(many=True))
    def get(self, request: Request) -> Response:
        """List courses."""
        return self.page(self.filtered(Course.objects.all()), course_rows)

    @extend_schema(operation_id="courses_create", request=shapes.CourseShape, responses={201: shapes.CourseRow})
    def post(self, request: Request) -> Response:
        """Plan a course."""
        return self.answer(plan_course(CourseDraft(**self.shape(shapes.CourseShape)), actor=self.actor), status=201)


class CourseDetail(_CourseView):
    """One course."""

    actions: ClassVar = {"GET": "livelihoods.view", "PUT": "livelihoods.keep_courses"}

    @extend_schema(operation_id="courses_retrieve", responses=shapes.CourseRow)
    def get(self, request: Request, course_id: UUID) -> Response:
        """Show a course."""
        return self.answer(find_course(course_id))

    @extend_schema(operation_id="courses_amend", request=shapes.CourseShape, responses=shapes.CourseRow)
    def put(self, request: Request, course_id: UUID) -> Response:
        """Change a planned course."""
        wanted = CourseDraft(**self.shape(shapes.CourseShape))
        return self.answer(amend_course(course_id, wanted, actor=self.actor, version=self.version()))


class CourseClosing(_CourseView):
    """The closing of one course."""

    actions: ClassVar = {"POST": "livelihoods.keep_courses"}

    @extend_schema(operation_id="courses_close", request=None, responses=shapes.CourseRow)
    def post(self, request: Request, course_id: UUID) -> Response:
        """Close a course as held: somebody attended, and its last day has come."""
        return self.answer(close_course(course_id, actor=self.actor, version=self.version()))


class CourseCancelling(_CourseView):
    """The cancelling of one course."""

    actions: ClassVar = {"POST": "livelihoods.keep_courses"}

    @extend_schema(operation_id="courses_cancel", request=shapes.TrainingReason, responses=shapes.CourseRow)
    def post(self, request: Request, course_id: UUID) -> Response:
        """Cancel a course that nobody attended; all who are enrolled are withdrawn."""
        reason = self.shape(shapes.TrainingReason)["reason"]
        return self.answer(cancel_course(course_id, actor=self.actor, version=self.version(), reason=reason))


class _EnrolmentView(TenantAPIView):
    def answer(self, row: Enrolment, *, status: int = 200) -> Response:
        """Show the enrolment as it is now."""
        shown = enrolment_rows(Enrolment.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class CourseEnrolments(_EnrolmentView):
    """Who is taken into one course."""

    actions: ClassVar = {"POST": "livelihoods.enrol"}
    # Seats are counted by the database, and a person is in once.
    versioned: ClassVar = False

    @extend_schema(operation_id="courses_enrol", request=shapes.EnrolmentShape, responses={201: shapes.EnrolmentRow})
    def post(self, request: Request, course_id: UUID) -> Response:
        """Enrol a person."""
        return self.answer(enrol(course_id, actor=self.actor, **self.shape(shapes.EnrolmentShape)), status=201)


class CourseAttendance(TenantAPIView):
    """The attendance of one course."""

    actions: ClassVar = {"POST": "livelihoods.record_attendance"}
    # Each line carries the version of its enrolment.
    versioned: ClassVar = False

    @extend_schema(
        operation_id="courses_attendance", request=shapes.AttendanceShape, responses=shapes.EnrolmentRow(many=True)
    )
    def post(self, request: Request, course_id: UUID) -> Response:
        """Enter on how many days each attended, all or none."""
        lines = [Attendance(**line) for line in self.shape(shapes.AttendanceShape)["lines"]]
        rows = record_attendance(course_id, lines, actor=self.actor)
        shown = enrolment_rows(Enrolment.objects.filter(id__in=[row.pk for row in rows])).order_by("id")
        return Response({"next": None, "results": list(shown)})


class EnrolmentList(TenantAPIView):
    """The enrolments of the persons in the token's area."""

    actions: ClassVar = {"GET": "livelihoods.view"}
    filters: ClassVar = shapes.EnrolmentFilter
    paged: ClassVar = True

    @extend_schema(operation_id="enrolments_list", responses=shapes.EnrolmentRow(many=True))
    def get(self, request: Request) -> Response:
        """List enrolments, withdrawn ones too."""
        return self.page(self.filtered(enrolments_visible_to(self.actor)), enrolment_rows)


class EnrolmentDetail(_EnrolmentView):
    """One enrolment."""

    actions: ClassVar = {"GET": "livelihoods.view"}

    @extend_schema(operation_id="enrolments_retrieve", responses=shapes.EnrolmentRow)
    def get(self, request: Request, enrolment_id: UUID) -> Response:
        """Show an enrolment, and what it led to."""
        return self.answer(find_enrolment(enrolment_id, actor=self.actor))


class EnrolmentWithdrawal(_EnrolmentView):
    """The withdrawal of one enrolment."""

    actions: ClassVar = {"POST": "livelihoods.enrol"}

    @extend_schema(operation_id="enrolments_withdraw", request=shapes.TrainingReason, responses=shapes.EnrolmentRow)
    def post(self, request: Request, enrolment_id: UUID) -> Response:
        """Take out of a course who did not attend."""
        reason = self.shape(shapes.TrainingReason)["reason"]
        row = withdraw_enrolment(enrolment_id, actor=self.actor, reason=reason, version=self.version())
        return self.answer(row)


class EnrolmentCertificate(_EnrolmentView):
    """The certificate of one enrolment."""

    actions: ClassVar = {"POST": "livelihoods.certify"}
    parser_classes = BODIES

    @extend_schema(operation_id="enrolments_certify", request=shapes.CertificateShape, responses=shapes.EnrolmentRow)
    def post(self, request: Request, enrolment_id: UUID) -> Response:
        """Enter a certificate, or correct it, with its picture where one is sent."""
        wanted = self.shape(shapes.CertificateShape)
        file = wanted.pop("file", None)
        # One byte too many is enough for the domain to refuse it with its sentence.
        picture = Picture(file.read(MOST_BYTES + 1), file.name) if file else None
        return self.answer(certify(enrolment_id, actor=self.actor, version=self.version(), picture=picture, **wanted))


class CertificateWithdrawal(_EnrolmentView):
    """The withdrawal of one certificate."""

    actions: ClassVar = {"POST": "livelihoods.certify"}

    @extend_schema(
        operation_id="enrolments_withdraw_certificate",
        request=shapes.TrainingReason,
        responses=shapes.EnrolmentRow,
    )
    def post(self, request: Request, enrolment_id: UUID) -> Response:
        """Take back a certificate that was entered in error."""
        reason = self.shape(shapes.TrainingReason)["reason"]
        row = withdraw_certificate(enrolment_id, actor=self.actor, reason=reason, version=self.version())
        return self.answer(row)


class EnrolmentOutcome(_EnrolmentView):
    """What one course led to for one person."""

    actions: ClassVar = {"POST": "livelihoods.record_outcome"}

    @extend_schema(operation_id="enrolments_outcome", request=shapes.OutcomeShape, responses=shapes.EnrolmentRow)
    def post(self, request: Request, enrolment_id: UUID) -> Response:
        """Enter what the person answered on work, three months after the course or later."""
        wanted = self.shape(shapes.OutcomeShape)
        code = wanted.pop("code")
        return self.answer(record_outcome(enrolment_id, code, actor=self.actor, version=self.version(), **wanted))


class EnrolmentFile(TenantAPIView):
    """The picture of one certificate."""

    actions: ClassVar = {"GET": "livelihoods.view"}

    @extend_schema(operation_id="enrolments_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, enrolment_id: UUID) -> HttpResponseBase:
        """Download the picture; that it was read is audited."""
        document, content = read_certificate(enrolment_id, actor=self.actor)
        name = neutral_name("certificate", document.sha256, document.media_type)
        header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": header, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        return HttpResponse(content, content_type=document.media_type, headers=headers)


class OutcomesDue(TenantAPIView):
    """Who is still to be asked what a course led to."""

    actions: ClassVar = {"GET": "livelihoods.record_outcome"}
    paged: ClassVar = True

    @extend_schema(operation_id="training_outcomes_due", responses=shapes.EnrolmentRow(many=True))
    def get(self, request: Request) -> Response:
        """List who attended a course three months ago or earlier, where nothing on work is on file."""
        return self.page(outcomes_due(enrolments_visible_to(self.actor)), enrolment_rows)


class TrainingCoverage(TenantAPIView):
    """The filed households of each village with a trained member."""

    actions: ClassVar = {"GET": "livelihoods.view_coverage"}

    @extend_schema(operation_id="training_coverage", responses=shapes.TrainingCoverageRow(many=True))
    def get(self, request: Request) -> Response:
        """Count by village, by this year's figures."""
        return Response({"next": None, "results": [asdict(row) | {"lacking": row.lacking} for row in coverage_today()]})


class HouseholdsLacking(TenantAPIView):
    """The filed households without a trained member."""

    actions: ClassVar = {"GET": "livelihoods.view_coverage"}
    paged: ClassVar = True
    parameters: ClassVar = {"division": "12 digits; all below it"}

    @extend_schema(operation_id="training_lacking", responses=shapes.LackingRow(many=True))
    def get(self, request: Request) -> Response:
        """List the households no present member of which counts as trained by this year's figures."""
        rows: Any = households_without_trained(figures_of(today().year))
        if "division" in request.GET:
            rows = in_division(rows, request.GET["division"])
        return self.page(rows, lacking_rows)
