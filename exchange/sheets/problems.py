"""What can be wrong with a row, as two sentences each: what it is, and what to do.

No sentence quotes a value; `%(row)s` is the number of another row of the sheet.
"""

from dataclasses import dataclass
from typing import Final

from exchange.sheets.columns import BY_NAME
from registry.lib.messages import Message
from registry.lib.messages import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is wrong, and what to do about it."""

    wrong: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in the sheet: in which row and column, by which code; `other_row` where the code names another row.

    Row 0 is the household as a whole; the column may be empty.
    """

    row: int
    column: str
    code: str
    other_row: int = 0

    def to_text(self) -> str:
        """Give the form in which findings are kept."""
        return f"{self.row}|{self.column}|{self.code}|{self.other_row}"

    @classmethod
    def from_text(cls, text: str) -> "Problem":
        """Make the finding again from `to_text`."""
        row, column, code, other_row = text.split("|")
        return cls(int(row), column, code, int(other_row))

    @property
    def heading(self) -> str:
        """Give the label of the column, or '' where the finding is about the row as a whole."""
        column = BY_NAME.get(self.column)
        return column.label if column else ""

    @property
    def wrong(self) -> str:
        """Say what is wrong."""
        return str(sentence(self.code).wrong % {"row": self.other_row})

    @property
    def remedy(self) -> str:
        """Say what to do."""
        return str(sentence(self.code).remedy % {"row": self.other_row})


def sentence(code: str) -> Sentence:
    """Give the sentences of a code. Raises: KeyError for a code that nobody wrote sentences for."""
    return SENTENCES[code]


_CARD: Final = _("Compare it with the card and enter it again, as text.")
_CHOOSE: Final = _("Choose a value from the list of the template.")
_TWO_DATES: Final = _("Check both dates.")
_NEAR: Final = _("Check that it is not the same person; after applying, both stand under persons who look alike.")

SENTENCES: Final[dict[str, Sentence]] = {
    # --- cells --------------------------------------------------------------------------------------------------------
    "cell.empty": Sentence(
        _("The cell is empty, or holds a formula without a result."), _("Fill it in as plain text.")
    ),
    "cell.formula": Sentence(
        _("The cell begins like a formula, or shows the error of one."),
        _("Type the text itself, without =, +, - or @ at its beginning.")
    ),
    "cell.too_long": Sentence(_("The text is too long."), _("Shorten it.")),
    "code.unknown": Sentence(_("The value is not in the list of this column."), _CHOOSE),
    "count.unreadable": Sentence(
        _("This is no number of persons."), _("Enter a whole number from 1 to 50, in digits.")
    ),
    "year.unreadable": Sentence(
        _("This is no year of four digits."), _("Enter the year, for example 2018, or leave the cell empty.")
    ),
    "months.unreadable": Sentence(_("This is no number of months."), _("Enter a number from 0 to 12, in digits.")),
    "name.letters": Sentence(
        _("A name consists of letters or characters; here are none."), _("Enter the name as it stands in the document.")
    ),
    "number.scientific_notation": Sentence(
        _("The spreadsheet turned the number into scientific notation and its last digits are lost."),
        _("Format the column as text and enter the number again."),
    ),
    "number.characters": Sentence(
        _("A number has up to 32 digits, letters and hyphens; here stands something else."),
        _("Enter the number as the system prints it."),
    ),
    "phone.malformed": Sentence(
        _("This is no telephone number."),
        _("Enter the 11 digits of a mobile phone, or area code and number; or leave the cell empty."),
    ),
    "account.malformed": Sentence(
        _("This is no bank account of 8 to 30 digits."), _("Compare it with the card or passbook, or leave it empty.")
    ),
    # --- documents ----------------------------------------------------------------------------------------------------
    "document.empty": Sentence(
        _("The document number is missing."),
        _("Enter it from the card; for a person without one enter a number that begins with 999999."),
    ),
    "document.scientific_notation": Sentence(
        _("The spreadsheet turned the document number into scientific notation and its last digits are lost."),
        _("Format the column as text and enter the number again from the card."),
    ),
    "document.old_number": Sentence(
        _("This is an old document number of 15 digits."), _("Enter the 18 characters of the present card.")
    ),
    "document.length": Sentence(
        _("The document number has the wrong length: an identity card has 18 characters, a disability certificate 20 "
          "or 22."),
        _CARD,
    ),
    "document.characters": Sentence(
        _("The document number contains characters that do not belong there."),
        _("Only digits are allowed, and X as character 18. Compare it with the card."),
    ),
    "document.birth": Sentence(
        _("The characters 7 to 14 of the document number are no possible birth date."), _CARD
    ),
    "document.check_digit": Sentence(
        _("The document number contains a typing error: its check digit does not fit."), _CARD
    ),
    "document.disability_marks": Sentence(
        _("The characters 19 and 20 are no category from 1 to 7 and grade from 1 to 4."),
        _("Compare them with the disability certificate."),
    ),
    "sex.differs": Sentence(
        _("The sex does not fit the document number."), _("Compare both with the card and correct the wrong one.")
    ),
    "sex.empty": Sentence(
        _("The sex is missing, and a placeholder number does not tell it."), _("Enter 男 or 女.")
    ),
    "birth.differs": Sentence(
        _("The birth date does not fit the document number."),
        _("Compare both with the card and correct the wrong one."),
    ),
    # --- dates and amounts --------------------------------------------------------------------------------------------
    "date.empty": Sentence(_("The date is missing."), _("Write it as year and month, for example 2017-12.")),
    "date.year_only": Sentence(_("Only a year is given."), _("Write year and month, for example 2017-12.")),
    "date.unreadable": Sentence(_("This is no date."), _("Write it like 2017-12 or 2017-12-01.")),
    "date.impossible": Sentence(_("There is no such day."), _("Check year, month and day.")),
    "date.ambiguous": Sentence(
        _("The month may have lost a zero (January or October)."), _("Write it with two digits, for example 2017-10.")
    ),
    "data_date.differs": Sentence(
        _("The data date of this row differs from that of the roster."),
        _("A roster has one data date. Correct it, or upload the rows of each date by themselves."),
    ),
    "money.empty": Sentence(_("The amount is missing."), _("Enter it in yuan, for example 6762.95.")),
    "money.scaled": Sentence(_("The amount is given in ten thousands or the like."), _("Enter it in yuan.")),
    "money.too_large": Sentence(_("The amount is too large."), _("Enter it in yuan, not in smaller units.")),
    "money.unreadable": Sentence(_("This is no amount."), _("Enter it in yuan with digits, for example 6762.95.")),
    "income.negative": Sentence(
        _("Income of a class, and the cost of business, are never below zero."),
        _("Enter what was taken in and what was spent, each in its own column."),
    ),
    "income.period": Sentence(
        _("The period of the income lacks one of its two ends, or ends before it begins."),
        _("Enter both, like 2019-10 and 2020-09, or clear both."),
    ),
    # --- villages -----------------------------------------------------------------------------------------------------
    "village.empty": Sentence(_("The village is missing."), _("Enter its code of 12 digits.")),
    "village.malformed": Sentence(
        _("A village code has 12 digits; here stands something else."), _("Copy the code from the list of villages.")
    ),
    "village.other_county": Sentence(
        _("The village belongs to another county."), _("Remove the household from the roster, or correct the code.")
    ),
    "village.out_of_scope": Sentence(
        _("The village lies outside the division that you work for."),
        _("Remove the household from the roster, or have the county office upload it."),
    ),
    "village.unknown": Sentence(
        _("There is no such village in the register of this county."),
        _("Correct it, or have the county office enter the village first."),
    ),
    "village.ambiguous": Sentence(
        _("Several villages of the county have this name."), _("Enter the code of 12 digits in the column 行政村编码.")
    ),
    # --- households ---------------------------------------------------------------------------------------------------
    "household.no_head": Sentence(_("The household has no head."), _("Mark exactly one member as 户主.")),
    "household.two_heads": Sentence(
        _("The household has a second head; the first stands in row %(row)s."), _("Keep 户主 for one member only.")
    ),
    "household.too_many": Sentence(
        _("The household has more than 50 rows."), _("Check the household numbers: different households share one.")
    ),
    "person.twice": Sentence(
        _("The same person stands in row %(row)s too."), _("Keep the person in one household, and once.")
    ),
    "person_number.twice": Sentence(
        _("The same person number stands in row %(row)s too."), _("Give each person the own number.")
    ),
    "monitoring.category_missing": Sentence(
        _("Something is said about a risk, but the household has no category of monitoring."),
        _("Enter the category, or clear the columns on the risk."),
    ),
    "monitoring.removal_missing": Sentence(
        _("A date of the removal of the risk is given, but the risk is not marked as removed."),
        _("Enter 是 as removed, or clear the date."),
    ),
    "ordinary_unmonitored": Sentence(
        _("An ordinary household stands on the register for monitoring only, but has no category of monitoring."),
        _("Enter the category, or remove the household from the roster."),
    ),
    "household.another_row": Sentence(
        _("This row is in order, but another row of the household is refused."),
        _("Leave it as it is and correct the other row; a household goes in as a whole."),
    ),
    # --- against the register; the codes are those of households.queries.drafts ---------------------------------------
    "village_unknown": Sentence(
        _("There is no such village in the register of this county."),
        _("Correct it, or have the county office enter the village first."),
    ),
    "number_twice": Sentence(_("The same household number stands twice."), _("Give each household its own number.")),
    "no_member": Sentence(_("The household has no member."), _("Enter at least its head.")),
    "no_head": Sentence(_("The household has no head."), _("Mark exactly one member as 户主.")),
    "two_heads": Sentence(_("The household has more than one head."), _("Keep 户主 for one member only.")),
    "person_twice": Sentence(
        _("The same person stands in the roster twice."), _("Keep the person in one household, and once.")
    ),
    "person_number_twice": Sentence(
        _("The same person number stands in the roster twice."), _("Give each person the own number.")
    ),
    "person_number_of_another": Sentence(
        _("The person number belongs to another person on file."), _("Compare number and document with the register.")
    ),
    "person_in_another_household": Sentence(
        _("The person is a member of another household on file."),
        _("Have that membership ended first, or check the document number."),
    ),
    "start_unknown": Sentence(
        _("The person left another household before, and the day of joining this one is missing."),
        _("Enter when the person joined this household."),
    ),
    "person_of_another_name": Sentence(
        _("The document or person number is on file under another name."),
        _("Compare name and number with the card; correct the name on file first if it is wrong."),
    ),
    "person_dead": Sentence(
        _("The person is on file as dead."),
        _("Compare the document number with the card; if the death was entered wrongly, have it corrected first."),
    ),
    "person_sent_away": Sentence(
        _("Another county took in this person, who has no document."),
        _(
            "Ask that county to offer the person to this one; or leave the row out, and take the person back on the "
            "page of the person."
        ),
    ),
    "person_elsewhere": Sentence(
        _("The person is on file in a part of the county that you do not work for."),
        _("Check the document number; the county office can move a person between townships."),
    ),
    "household_elsewhere": Sentence(
        _("The household number is on file in a part of the county that you do not work for."),
        _("Check the number; the county office can move a household between townships."),
    ),
    "starts_before_birth": Sentence(_("The person is in the household from before the day of birth."), _TWO_DATES),
    "starts_after_the_day": Sentence(
        _("The person is in the household only from after the data date."), _TWO_DATES
    ),
    "born_after_the_day": Sentence(_("The person is born after the data date."), _TWO_DATES),
    "identified_after_the_day": Sentence(
        _("The household is first identified after the data date."), _TWO_DATES
    ),
    "monitored_after_the_day": Sentence(_("A date of the monitoring lies after the data date."), _TWO_DATES),
    "risk_removed_before_monitored": Sentence(_("The risk is removed before it was identified."), _TWO_DATES),
    "monitored_without_category": Sentence(
        _("A monitored household has no category of monitoring."), _("Enter the category.")
    ),
    "monitored_candidate": Sentence(
        _("A candidate household is not monitored."), _("Clear the category, or correct the kind of household.")
    ),
    "closed_from_the_start": Sentence(_("A closed household is not taken over."), _("Remove it from the roster.")),
    "changed_meanwhile": Sentence(
        _("The register changed this household after the roster was checked. Nothing of the roster was written to it."),
        _("Upload the roster again; its preview shows what there is left to do."),
    ),
    # --- warnings -----------------------------------------------------------------------------------------------------
    "household_value.differs": Sentence(
        _("This value of the household differs from the one in the row of its head, which counts."),
        _("Nothing need be done where the row of the head is right."),
    ),
    "household_value.unreadable": Sentence(
        _("This value of the household cannot be read; the one in the row of its head counts."),
        _("Nothing need be done where the row of the head is right."),
    ),
    "person_value.unknown": Sentence(
        _("This value of a person cannot be read or is not in its list, and is left out."),
        _("Enter it on the page of the person, or mend the cell and upload the roster again."),
    ),
    "education.of_student": Sentence(
        _("A person at school has no education yet: the stage of school is kept, the education left out."),
        _("If the person has left school, correct the year on the page of the person."),
    ),
    "health.healthy_and_ill": Sentence(
        _("Healthy stands beside an illness or disability: healthy is left out."),
        _("If the person is healthy, correct the year on the page of the person."),
    ),
    "person_count.differs": Sentence(
        _("The number of persons differs from the number of rows of the household."),
        _("Check whether a member is missing."),
    ),
    "income.class_missing": Sentence(
        _("Other classes of income are given and this one is not, so no net income is computed; a declared one is "
          "kept."),
        _("Enter all four classes and the cost of business, 0 where there is none."),
    ),
    "income.differs": Sentence(
        _("This figure is not what the other figures of the income give by the formula; those count."),
        _("Check the classes, the cost of business and the number of persons."),
    ),
    "cause.twice": Sentence(
        _("The same cause stands twice; it is kept once."), _("Nothing need be done, or enter another cause.")
    ),
    "village.name_differs": Sentence(
        _("The name of the village does not fit its code; the code counts."), _("Check that the code is right.")
    ),
    "near.same_name_birth": Sentence(
        _("Somebody on file in the county has the same name and the same day of birth under another number."), _NEAR
    ),
    "near.sound_birth": Sentence(
        _("Somebody on file in the county has a name that sounds alike and the same day of birth."), _NEAR
    ),
    "near.short_name_birth": Sentence(
        _("Somebody on file in the township has a longer or shorter form of the name and the same day of birth."),
        _NEAR,
    ),
    "near.name_village": Sentence(
        _("Somebody on file in the village has the same name; the days of birth do not tell them apart."), _NEAR
    ),
    "helper.unit_missing": Sentence(
        _("The helper has no unit, or the unit no helper, and is not taken over."),
        _("Enter both name and unit, or pair the household by hand."),
    ),
    # --- listed and not applied ---------------------------------------------------------------------------------------
    "status_differs": Sentence(
        _("The status differs from the register. It was not changed."),
        _("Change the status of the household by the procedure, if the roster is right."),
    ),
    "monitoring_differs": Sentence(
        _("The monitoring differs from the register. It was not changed."),
        _("Identify, or mark the risk as removed, if the roster is right."),
    ),
    "village_differs": Sentence(
        _("The village differs from the register. It was not changed."),
        _("Move the household, if the roster is right."),
    ),
    "member_added": Sentence(
        _("The person is not a member of this household on file, and was not added."),
        _("Add the member, if the roster is right."),
    ),
    "relation_differs": Sentence(
        _("The relation to the head differs from the register. It was not changed."),
        _("Change the relation or the head, if the roster is right."),
    ),
    "income_has_lines": Sentence(
        _("The income differs from that on file, which is recorded line by line. It was not changed."),
        _("Correct the lines of that year in the household's income, if the roster is right."),
    ),
    "income_counted_elsewhere": Sentence(
        _("The period of this income is counted in another year of the household already. It was not taken."),
        _("Check the period in the roster and the one on file."),
    ),
    "year_closed": Sentence(
        _("The county has closed the year of these facts, and the roster tells otherwise. They were not written."),
        _("Propose the correction of that year as a change request, if the roster is right."),
    ),
    "name_differs": Sentence(
        _("The name differs from the register. It was not changed."),
        _("Check that the document number is this person's; correct the name on file if the roster is right."),
    ),
    "member_absent": Sentence(
        _("Members on file are missing in the roster. They were not removed."),
        _("End the membership of each with its reason, if the roster is right."),
    ),
    "helper_differs": Sentence(
        _("Another helper leads on file. The pairing was not changed."), _("Hand the household over, if so.")
    ),
}  # fmt: skip
