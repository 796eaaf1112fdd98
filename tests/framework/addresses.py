"""Rows of tests/test_urls.py for the pages on which framework administrators prepare editions.

By role in the order of its ROLES; the edition is published, the one with correspondences is a draft.
"""

MATRIX = {
    "framework:compare": "200 200 200 200 200 200 200 200 200",
    "framework:correspondences": "302 404 404 404 404 404 404 200 404",
    "framework:correspondences_decide": "302 404 404 404 404 404 404 405 404",
    "framework:edition_yaml": "200 200 200 200 200 200 200 200 200",
    "framework:attachment": "404 404 404 404 404 404 404 404 404",
    "framework:edition_start": "302 404 404 404 404 404 404 200 404",
    "framework:edition_upload": "302 404 404 404 404 404 404 200 404",
    "framework:edition_edit": "302 404 404 404 404 404 404 200 404",
    "framework:missing": "302 404 404 404 404 404 404 200 404",
    "framework:edition_facts": "302 404 404 404 404 404 404 200 404",
    "framework:edition_publish": "302 404 404 404 404 404 404 200 404",
    "framework:edition_changes": "302 404 404 404 404 404 404 200 404",
    "framework:erratum_add": "302 404 404 404 404 404 404 200 404",
    "framework:part_change": "302 404 404 404 404 404 404 200 404",
    "framework:part_remove": "302 404 404 404 404 404 404 200 404",
    "framework:attachment_give": "302 404 404 404 404 404 404 404 404",
    "framework:edition_delete": "302 404 404 404 404 404 404 302 404",
    "framework:part_add": "302 404 404 404 404 404 404 302 404",
    "framework:aspect_add": "302 404 404 404 404 404 404 302 404",
    "framework:part_move": "302 405 405 405 405 405 405 405 405",
    "plans:lexicon_list": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_start": "302 404 404 404 404 404 404 302 404",
    "plans:lexicon": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_item": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_words": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_files": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_file": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_test": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_effect": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_force": "302 404 404 404 404 404 404 200 404",
    "plans:lexicon_remove": "302 404 404 404 404 404 404 200 404",
}
POSTED = {
    "plans:lexicon_start": "401 404 404 404 404 404 404 302 404",
    "plans:lexicon_item": "401 404 404 404 404 404 404 200 404",
    "plans:lexicon_words": "401 404 404 404 404 404 404 200 404",
    "plans:lexicon_files": "401 404 404 404 404 404 404 200 404",
    "plans:lexicon_test": "401 404 404 404 404 404 404 200 404",
    "plans:lexicon_effect": "401 404 404 404 404 404 404 302 404",
    "plans:lexicon_force": "401 404 404 404 404 404 404 200 404",
    "plans:lexicon_remove": "401 404 404 404 404 404 404 302 404",
    "framework:correspondences": "401 404 404 404 404 404 404 302 404",
    "framework:correspondences_decide": "401 404 404 404 404 404 404 302 404",
    "framework:edition_start": "401 404 404 404 404 404 404 200 404",
    "framework:edition_upload": "401 404 404 404 404 404 404 200 404",
    "framework:edition_facts": "401 404 404 404 404 404 404 200 404",
    "framework:part_add": "401 404 404 404 404 404 404 200 404",
    "framework:aspect_add": "401 404 404 404 404 404 404 200 404",
    "framework:part_change": "401 404 404 404 404 404 404 200 404",
    "framework:part_move": "401 404 404 404 404 404 404 302 404",
    "framework:part_remove": "401 404 404 404 404 404 404 302 404",
    "framework:edition_publish": "401 404 404 404 404 404 404 404 404",
    "framework:edition_delete": "401 404 404 404 404 404 404 302 404",
    "framework:erratum_add": "401 404 404 404 404 404 404 200 404",
}


def _first_item(world) -> int:
    return world.edition.items.get(code="A1").pk


#: Ids in these addresses, of a world: those of an item, and of an attachment that is not there.
ARGUMENTS = {"item_id": _first_item, "part_id": _first_item, "attachment_id": lambda world: 1}
