"""What comes with the product for the procedures of a county: templates of steps, and checklists of visits."""

from dossiers.domain.looks import load_shipped_look_forms
from dossiers.domain.templates import load_shipped_templates
from registry.tenancy.context import Actor


def load_shipped(*, actor: Actor) -> list[str]:
    """Enter what the county does not have yet, and give the keys; what is on file stays as the county made it.

    Raises: NotAllowed.
    """
    templates, forms = load_shipped_templates(actor=actor), load_shipped_look_forms(actor=actor)
    return [*(template.key for template in templates), *(form.key for form in forms)]
