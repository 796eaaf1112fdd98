"""Whether matching stays below twice the time of extraction, and grows with the document and no faster.

Prints the time of both for the same made-up PDF of 84,000 words, and the ratio of the time for 4 times as
much text to 4 times the time, for prose that resembles a plan. Figures are ratios within one run.
"""

import random
from pathlib import Path
from time import perf_counter
from timeit import repeat

from benchmarks.extraction import make_pdf
from plans.extraction import extract
from plans.matching import CompiledLexicon, MatchInput, compile_lexicon, match_document, read_shipped_lexicon

ROOT = Path(__file__).parents[1]
WORDS_OF_A_PLAN = 84_000
WORDS_OF_A_PASSAGE = 45
PAGES = 200
SENTENCES = (
    "De zone wil de woninginbraken in de wijken rond het station tegen eind 2028 met een vijfde verminderen.",
    "De wijkinspecteurs bezoeken elke maand de scholen en bespreken met de directie wat er in de buurt leeft",
    "Het secretariaat bundelt de verslagen van de vergaderingen en bezorgt ze aan de leden van de raad.",
    "Met de gemeenten maken we afspraken over overlast, sluikstort en het verkeer aan de schoolpoort.",
    "Nieuwe collega's krijgen een peter of meter die hen tijdens het eerste jaar wegwijs maakt.",
    "Controles op snelheid en rijden onder invloed gebeuren op de invalswegen en in de dorpskernen.",
    "De begroting houdt rekening met de stijgende kosten voor energie en voor onderhoud.",
)


def make_passages(words: int, seed: int = 7) -> list[MatchInput]:
    """Passages of a plan with headings; most of them name no item."""
    rng = random.Random(seed)  # noqa: S311 (made-up text, no secret)
    passages = []
    counted = number = 0
    while counted < words:
        number += 1
        sentences: list[str] = []
        while sum(len(sentence.split()) for sentence in sentences) < WORDS_OF_A_PASSAGE:
            # A number of its own in every sentence: no passage repeats another.
            sentences.append(f"{rng.choice(SENTENCES)[:-1]} ({rng.randrange(10**6)}).")
        text = " ".join(sentences)
        counted += len(text.split())
        passages.append(MatchInput(text, "nl", (f"Hoofdstuk {number // 40}", f"Deel {number // 8}")))
    return passages


def seconds_of(passages: list[MatchInput], lexicon: CompiledLexicon) -> float:
    return min(repeat(lambda: match_document(passages, lexicon), number=1, repeat=3))


def main() -> None:
    lexicon = compile_lexicon(read_shipped_lexicon(ROOT / "framework" / "data", "kiv-2022-2024"))
    taken = {}
    for words in (WORDS_OF_A_PLAN // 4, WORDS_OF_A_PLAN, WORDS_OF_A_PLAN * 4):
        taken[words] = seconds_of(make_passages(words), lexicon)
    print(f"matching {WORDS_OF_A_PLAN} words: {taken[WORDS_OF_A_PLAN]:.2f} s")
    for small, large in ((WORDS_OF_A_PLAN // 4, WORDS_OF_A_PLAN), (WORDS_OF_A_PLAN, WORDS_OF_A_PLAN * 4)):
        print(f"growth {small} → {large} words: {taken[large] / taken[small] / 4:.2f} × linear")
    data = make_pdf(PAGES)
    start = perf_counter()
    document = extract(data, name="plan.pdf")
    extraction = perf_counter() - start
    read = [
        MatchInput(passage.text, passage.language, passage.heading_path, passage.kind, passage.page)
        for passage in document.passages
    ]
    print(
        f"the same PDF: matching takes {seconds_of(read, lexicon) / extraction:.2f} × the time of extraction"
    )


if __name__ == "__main__":
    main()
