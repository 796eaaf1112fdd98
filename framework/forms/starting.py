"""Starting a draft, taking in an edition file, and an erratum."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from framework.enums import TextStatus
from framework.forms.parts import EditionChoice
from framework.forms.texts import LocalText, WordsField
from framework.models import EDITION_CODE_LENGTH, Edition, Framework
from framework.services.errata import MAX_REASON, MAX_TITLE
from kiv.datafile import MAX_BYTES
from kiv.http import LANGUAGE_NAMES
from kiv.localized import LANGUAGES

BAD_CODE = _("Use lower-case letters, digits and hyphens.")
TITLE = LocalText("title", _("Title"), MAX_TITLE, rows=1)


class StartForm(forms.Form):
    """A draft from nothing or from its predecessor."""

    use_required_attribute = False

    copied_from = EditionChoice(
        Edition.objects.all(),
        label=_("Begin with"),
        required=False,
        empty_label=_("nothing: only the texts of the criteria"),
        help_text=_("A copy takes over all items, aspects and texts. The edition becomes the predecessor."),
    )
    framework = forms.ModelChoiceField(Framework.objects.all(), label=_("Series of notes"), empty_label=None)
    code = forms.SlugField(
        label=_("Code"),
        max_length=EDITION_CODE_LENGTH,
        error_messages={"invalid": BAD_CODE},
        help_text=_("Part of its address: lower-case letters, digits and hyphens, such as kiv-2027-2030."),
    )
    first_year = forms.IntegerField(label=_("First year"), min_value=1900, max_value=2200)
    last_year = forms.IntegerField(label=_("Last year"), min_value=1900, max_value=2200)

    def __init__(self, data=None) -> None:
        latest = Edition.objects.latest_published()
        series = latest.framework if latest else Framework.objects.first()
        super().__init__(data, initial={"copied_from": latest, "framework": series})
        for language in LANGUAGES:
            label = _("Title in %(language)s") % {"language": LANGUAGE_NAMES[language]}
            self.fields[TITLE.field(language)] = WordsField(
                label=label, max_length=TITLE.limit, required=False
            )

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if code != code.lower() or "_" in code:
            raise forms.ValidationError(BAD_CODE)
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = [TITLE.field(language) for language in LANGUAGES]
        if not any(cleaned.get(name) or self.has_error(name) for name in names):
            self.add_error(names[0], _("Give this text in at least one language."))
        if (
            cleaned.get("first_year")
            and cleaned.get("last_year")
            and cleaned["first_year"] > cleaned["last_year"]
        ):
            self.add_error("last_year", _("The last year comes before the first."))
        source = cleaned.get("copied_from")
        if source and cleaned.get("framework") and source.framework_id != cleaned["framework"].pk:
            self.add_error("copied_from", _("Choose an edition of the same series."))
        return cleaned

    def wanted(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        title = {language: cleaned[TITLE.field(language)] for language in LANGUAGES}
        return {
            "code": cleaned["code"],
            "framework": cleaned["framework"],
            "period": (cleaned["first_year"], cleaned["last_year"]),
            "title": {language: words for language, words in title.items() if words},
            "copied_from": cleaned["copied_from"],
        }


class EditionFileForm(forms.Form):
    """An edition file, chosen or pasted."""

    use_required_attribute = False
    error_title = _("The file was not taken in")

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        required=False,
        help_text=_("An edition file in YAML or JSON, at most 1 MiB."),
        error_messages={"empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
    )
    text = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        help_text=_("When you choose a file too, the file is read."),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "input--code"}),
    )
    replace = forms.BooleanField(
        label=_("Replace what the draft holds now"),
        required=False,
        help_text=_("Only needed when there is a draft with the code of the file."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 1 MiB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the text of one."))
        return cleaned

    def read(self) -> bytes:
        if file := self.cleaned_data["file"]:
            file.seek(0)
            return file.read()
        return self.cleaned_data["text"].replace("\r\n", "\n").encode()


class ErratumForm(forms.Form):
    """How an official title should have read; `titled` has a title and its statuses."""

    use_required_attribute = False

    language = forms.ChoiceField(label=_("Language"))
    after = WordsField(label=_("The title should read"), max_length=MAX_TITLE)
    reason = WordsField(
        label=_("Reason"),
        max_length=MAX_REASON,
        help_text=_("Everybody can read this, such as where the correction was published."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data=None, *, titled) -> None:
        super().__init__(data)
        self.fields["language"].choices = [
            (language, LANGUAGE_NAMES[language])
            for language in LANGUAGES
            if titled.title_status.get(language) == TextStatus.OFFICIAL
        ]
