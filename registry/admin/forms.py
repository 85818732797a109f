"""Forms of the admin site: they check the shape of what was typed; the domain function checks the rest.

An error that the domain raises is shown at its field.
"""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _
from typing_extensions import override
from unfold.forms import AuthenticationForm
from unfold.widgets import (
    BASE_INPUT_CLASSES,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminNullBooleanSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from registry.domain.origin import client_address
from registry.domain.throttle import is_throttled
from registry.lib.errors import DomainError

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

CLASSES: Final = " ".join(BASE_INPUT_CLASSES)
# Fields in which people type one line.
LINES: Final = (forms.TextInput, forms.NumberInput, forms.EmailInput, forms.PasswordInput)


class LoginForm(AuthenticationForm):  # type: ignore[misc]  # the theme has no types
    """User name and password. One sentence for every failure, so that it tells nothing of accounts."""

    error_messages = {
        "invalid_login": _(
            "User name or password is wrong, or the account is locked for 15 minutes after five failures in a row. "
            "The security administrator can unlock it."
        ),
        "inactive": _("This account is closed. Ask the security administrator."),
        "throttled": _(
            "Too many logins from your network address failed, so none is tried now. Wait ten minutes. The password of "
            "your account is not touched."
        ),
    }

    @override
    def clean(self) -> Any:
        """Say so where no password from this network address is looked at."""
        if self.request is not None and is_throttled(client_address(self.request)):
            raise forms.ValidationError(self.error_messages["throttled"], code="throttled")
        return super().clean()


class DayInput(forms.DateInput):
    """The device's own calendar, which is the easiest one on a phone."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": CLASSES, **(attrs or {})}, format="%Y-%m-%d")


def dress(form: BaseForm) -> None:
    """Give the fields the theme's widgets."""
    for field in form.fields.values():
        if isinstance(field, forms.DateField) and not isinstance(field.widget, forms.HiddenInput):
            field.widget = DayInput()
        elif isinstance(field.widget, forms.Textarea):
            field.widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        elif isinstance(field.widget, forms.CheckboxInput):
            field.widget = UnfoldBooleanWidget()
        elif type(field) is forms.FileField:
            field.widget = UnfoldAdminFileFieldWidget(attrs=field.widget.attrs)
        elif type(field.widget) is forms.Select:
            field.widget = UnfoldAdminSelectWidget(choices=field.widget.choices)
        elif type(field.widget) is forms.NullBooleanSelect:
            field.widget = UnfoldAdminNullBooleanSelectWidget()
        elif isinstance(field.widget, LINES):
            field.widget.attrs.setdefault("class", CLASSES)
        field.widget.is_required = field.required
    keep_out_of_browser(form)


def keep_out_of_browser(form: BaseForm) -> None:
    """Let no browser remember what is typed: names and numbers of persons, on computers that several people use.

    A field that says something else of itself, as one of a password does, keeps it.
    """
    for field in form.fields.values():
        field.widget.attrs.setdefault("autocomplete", "off")


def add_refusal(form: BaseForm, error: DomainError) -> None:
    """Show what the domain refused at the field at fault, or above the form."""
    field = error.field if error.field in form.fields else None
    if field is not None and field in form.cleaned_data:
        del form.cleaned_data[field]
    form.add_error(field, str(error.message))


class SiteForm(forms.Form):
    """A form on a page of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class RecordForm(_ModelForm):
    """The form of one record. It never saves: `TenantModelAdmin` hands its values to a domain function.

    `version` is that of the row when the form was shown; `refusal` is what the domain said when the form came first.
    """

    refusal: DomainError | None = None

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = getattr(self.instance, "version", None)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = DayInput()
        keep_out_of_browser(self)

    def _post_clean(self) -> None:
        """Set the instance's fields for the page, and show what the domain refused."""
        super()._post_clean()  # type: ignore[misc]  # private, but the place where a form is asked last
        if self.refusal is not None:
            add_refusal(self, self.refusal)

    def _get_validation_exclusions(self) -> set[str]:
        """Leave what holds of a whole row, and between rows, to the domain function and the database."""
        return {field.name for field in self._meta.model._meta.get_fields()}

    @override
    def save(self, commit: bool = True) -> Any:
        """Give the instance unsaved: only a domain function writes."""
        return self.instance
