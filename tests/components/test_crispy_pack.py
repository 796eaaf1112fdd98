"""The template pack "kiv": what a form of ours says to the eye, to the ear and to the keyboard."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Column, Div, Field, Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.utils import translation

from tests.markup import find_faults


class ObjectiveForm(forms.Form):
    title = forms.CharField(label="Title", help_text="One word is enough.")
    line = forms.CharField(label="Line", required=False, widget=forms.Textarea)
    choice = forms.ChoiceField(
        label="Choice", choices=[("a", "retained"), ("b", "open")], widget=forms.RadioSelect
    )
    links = forms.MultipleChoiceField(
        label="Links",
        choices=[("p", "prevention"), ("r", "reaction")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Several may apply.",
    )
    is_confidential = forms.BooleanField(label="Confidential", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        if self.cleaned_data.get("line") == "no":
            raise forms.ValidationError("Say why not.")


NOT_SOUND = {"title": "", "line": "no", "choice": "z", "version": "1"}
SOUND = {"title": "Drugs", "choice": "a", "version": "1"}


def render(source: str, **context) -> str:
    with translation.override("en"):
        html = Template("{% load crispy_forms_tags %}" + source).render(Context(context))
    assert find_faults(html) == []
    return html


def tag_of(html: str, name: str) -> str:
    """The opening tag of the first control with that name."""
    return re.search(rf'<(?:input|textarea|select)[^>]*name="{name}"[^>]*>', html)[0]


def test_label_help_and_control_belong_together():
    html = render("{{ form|crispy }}", form=ObjectiveForm())

    assert re.search(r'<label for="id_title" class="field__label">Title <span', html)
    assert 'aria-describedby="id_title_helptext"' in tag_of(html, "title")
    assert '<p class="field__help" id="id_title_helptext">One word is enough.</p>' in html
    assert html.count("(required)") == 2  # title and choice; hidden fields are nobody's task
    assert "error-summary" not in html


def test_groups_are_fieldsets_with_a_legend_and_their_help():
    html = render("{{ form|crispy }}", form=ObjectiveForm())

    legends = re.findall(r'<legend class="field__label">(\w+)', html)
    assert legends == ["Choice", "Links"]
    assert 'id="div_id_links" aria-describedby="id_links_helptext"' in html


def test_refused_form_says_what_to_do_at_the_top_and_at_the_field():
    form = ObjectiveForm(NOT_SOUND)
    html = render("{{ form|crispy }}", form=form)

    summary = html[html.index("error-summary") : html.index("</ul>")]
    assert 'tabindex="-1" data-error-summary' in summary
    assert re.findall(r'href="#(\w+)"', summary.split("<ul>")[1]) == ["id_title", "id_choice"]
    assert "<li>Say why not.</li>" in summary
    assert 'aria-describedby="id_title_helptext id_title_error"' in tag_of(html, "title")
    assert 'aria-invalid="true"' in tag_of(html, "title")
    assert html.count("field--invalid") == 2
    assert 'id="id_choice_error"' in html
    assert "\nno</textarea>" in html  # nothing typed is lost


def test_what_was_typed_is_escaped():
    html = render("{{ form|crispy }}", form=ObjectiveForm({**SOUND, "title": '"><script>alert(1)</script>'}))

    assert "<script>" not in html


def test_whole_form_by_its_helper():
    form = ObjectiveForm()
    form.helper = FormHelper()
    form.helper.form_id = "objective"
    form.helper.form_class = "form--wide"
    form.helper.attrs = {"data-warn-unsaved": True, "data-hx-post": "/x/?a=1&b=2"}
    form.helper.layout = Layout(
        Fieldset("What", "title", Row(Column("line"), Column(Field("choice", wrapper_class="narrow")))),
        Div("links", "is_confidential", css_class="panel"),
        "version",
        HTML("<p>Free text</p>"),
        ButtonHolder(Submit("save", "Save"), Submit("later", "Save and add", css_class="button--quiet")),
    )
    html = render("{% crispy form %}", form=form, csrf_token="t" * 64)

    opening = re.search(r"<form[^>]*>", html)[0]
    assert 'id="objective" class="form form--wide" method="post"' in opening
    assert 'data-hx-post="/x/?a=1&amp;b=2"' in opening
    assert re.search(r" data-warn-unsaved[ >]", opening)
    assert 'name="csrfmiddlewaretoken"' in html
    assert "<legend>What</legend>" in html
    assert html.count('class="field-column"') == 2
    assert "narrow" in html
    assert [len(re.findall(f'name="{name}"', html)) for name in ("title", "version", "save")] == [1, 1, 1]
    assert 'class="button button--primary btn btn-primary"' in html
    assert "button--primary" not in re.search(r'<input[^>]*name="later"[^>]*>', html)[0]


def test_get_form_has_no_token():
    form = ObjectiveForm()
    form.helper = FormHelper()
    form.helper.form_method = "get"
    html = render("{% crispy form %}", form=form, csrf_token="t" * 64)

    assert "csrfmiddlewaretoken" not in html


def test_field_alone():
    html = render("{{ form.is_confidential|as_crispy_field }}", form=ObjectiveForm())

    assert re.search(
        r'<label for="id_is_confidential"><input type="checkbox"[^>]*><span>Confidential</span></label>', html
    )


def test_formset_names_the_row_of_an_error():
    formset_class = forms.formset_factory(ObjectiveForm, extra=0)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    data |= {f"form-0-{name}": value for name, value in SOUND.items()}
    data |= {f"form-1-{name}": value for name, value in {**SOUND, "title": ""}.items()}
    formset = formset_class(data)
    formset.is_valid()
    html = render("{{ formset|crispy }}", formset=formset)

    assert 'name="form-TOTAL_FORMS"' in html
    assert re.findall(r'<li><a href="#([\w-]+)">([^<]+)</a>', html) == [("id_form-1-title", "Row 2, Title")]


def test_whole_formset_by_its_helper():
    formset = forms.formset_factory(ObjectiveForm, extra=2)()
    helper = FormHelper()
    helper.add_input(Submit("save", "Save"))
    html = render("{% crispy formset helper %}", formset=formset, helper=helper, csrf_token="t" * 64)

    assert html.count('class="formset-row"') == 2
    assert html.count('type="submit"') == 1


def test_render_crispy_form_in_python():
    with translation.override("en"):
        html = render_crispy_form(ObjectiveForm())
    assert find_faults(html) == []
