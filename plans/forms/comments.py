"""What people of a zone say to each other about a plan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.forms.fields import VisibleTextField
from plans.planformat.types import TEXT_LENGTH


class CommentForm(forms.Form):
    use_required_attribute = False

    text = VisibleTextField(
        label=_("Your comment"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a comment first.")},
    )
