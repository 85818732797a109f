"""Work of the assistance funds beside the pages: the file for the bank."""

from typing import Any
from uuid import UUID

from funds.domain.bank_files import make_bank_file
from funds.domain.lists import BANK_FILE_JOB
from registry.jobs import Progress, job
from registry.tenancy.context import current_actor


@job(BANK_FILE_JOB)
def make_bank_file_job(progress: Progress, **arguments: str) -> dict[str, Any]:
    """Make the file of an approved list for the bank."""
    file = make_bank_file(UUID(arguments["list_id"]), actor=current_actor())
    return {"lines": file.line_count}
