"""Let the trigger say by a code why it took a household off a list, which every door puts in the reader's words."""

from importlib import import_module

from django.db import migrations

_FORMER = import_module("dossiers.migrations.0008_arm_cancelled_sessions").MOVED
_SENTENCE = "NEW.reason = 'The household moved out of the area of the session.';"
_FUNCTION = _FORMER[: _FORMER.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0009_correct_applications_and_keep_session_files")]

    operations = [migrations.RunSQL(_FUNCTION.replace(_SENTENCE, "NEW.reason_code = 'moved';"), _FUNCTION)]
