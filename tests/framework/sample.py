"""A small edition file for tests. Its lines are counted in the tests of bad files: keep them as they are."""

CRITERION = """\
  - code: {code}
    name: {{nl: naam {code}, fr: nom {code}, de: Name {code}, en: name {code}}}
    question: {{nl: vraag, fr: question, de: Frage, en: question}}
    earns_one: {{nl: een, fr: un, de: eins, en: one}}
    earns_two: {{nl: twee, fr: deux, de: zwei, en: two}}
"""

SAMPLE = """\
format: kiv-edition/1
framework:
  code: test
  title: {nl: Nota, fr: Note, de: Note, en: Note}
code: test-2030
predecessor: null
period: [2030, 2033]
approved: 2030-02-28
title: {nl: Nota 2030, fr: Note 2030, de: Note 2030, en: Note 2030}
title_status: {nl: official, fr: partial, de: translation, en: translation}
subtitle: {nl: ondertitel, fr: sous-titre, de: Untertitel, en: subtitle}
introduction: {nl: inleiding, fr: introduction, de: Einleitung, en: introduction}
attachments:
  - label: {nl: Nota, fr: Note, de: Note, en: Note}
    name: NOTE_NL
    language: nl
    dated: 2030-03-01
items:
  - code: X.1
    kind: priority
    title: {nl: fietsen, fr: vélos, de: Räder, en: bicycles}
    title_status: {nl: official, fr: official, de: translation, en: translation}
    short: {nl: fiets, fr: vélo, de: Rad, en: bicycle}
    summary: {nl: over fietsen, fr: des vélos, de: von Rädern, en: about bicycles}
    example:
      diagnosis: {nl: d nl, fr: d fr, de: d de, en: d en}
      objective: {nl: o nl, fr: o fr, de: o de, en: o en}
      action: {nl: a nl, fr: a fr, de: a de, en: a en}
      indicator: {nl: i nl, fr: i fr, de: i de, en: i en}
    aspects:
      - code: locks
        title: {nl: sloten, fr: cadenas, de: Schlösser, en: locks}
      - code: lights
        title: {nl: lampen, fr: phares, de: Lichter, en: lights}
        title_status: {nl: official, fr: translation, de: translation, en: translation}
  - code: Y-2
    kind: theme
    title: {nl: samen, fr: ensemble, de: gemeinsam, en: together}
    title_status: {nl: official, fr: official, de: translation, en: translation}
    short: {nl: samen, fr: ensemble, de: gemeinsam, en: together}
    summary: {nl: over samen, fr: de l'ensemble, de: von gemeinsam, en: about together}
criteria:
""" + "".join(CRITERION.format(code=code) for code in "DGAIMC")


def changed(*replacements: tuple[str, str]) -> bytes:
    """The sample with each first occurrence replaced; a replacement that finds nothing is a mistake."""
    text = SAMPLE
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode()
