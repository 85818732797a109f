"""The tables of the forms that offices send down."""

from oneform.models.form import FormAlias, FormColumn, FormPart, FormRequest

__all__ = ["FormAlias", "FormColumn", "FormPart", "FormRequest"]
