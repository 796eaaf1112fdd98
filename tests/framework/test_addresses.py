"""No code of an edition can be mistaken for a word of an address."""

import re

import pytest
from django.urls import URLPattern, resolve, reverse

from framework import urls as framework_urls
from plans import urls as plans_urls

#: Of pages of one edition: (name, the pattern).
OF_EDITIONS = {
    f"{module.app_name}:{pattern.name}": str(pattern.pattern)
    for module in (framework_urls, plans_urls)
    for pattern in module.urlpatterns
    if isinstance(pattern, URLPattern) and "edition_code>" in str(pattern.pattern)
}
WORDS = sorted(
    {
        word
        for module in (framework_urls, plans_urls)
        for pattern in module.urlpatterns
        for word in re.findall(r"[a-z]+", re.sub(r"<[^>]*>", "", str(pattern.pattern)))
    }
)
REST = {
    "int:item_id": 1,
    "int:part_id": 1,
    "int:attachment_id": 1,
    "str:item_code": "A.1",
    "str:kind": "items",
    "int:number": 1,
    "str:section": "contexts",
    "str:language": "nl",
}


@pytest.mark.parametrize("name", OF_EDITIONS)
def test_every_word_can_be_the_code_of_an_edition(name):
    for word in WORDS:
        for other in ("other", *WORDS):
            arguments = {
                each.partition(":")[2]: REST.get(each, word if each.endswith("edition_code") else other)
                for each in re.findall(r"<([^>]*)>", OF_EDITIONS[name])
            }
            path = reverse(name, kwargs=arguments)
            assert (resolve(path).view_name, path) == (name, path)
            if "slug:other_code" not in OF_EDITIONS[name]:
                break
