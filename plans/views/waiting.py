"""What waits for somebody, as a page; the matrix fetches the strip from here, to show itself sooner."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def waiting(request):
    """The strip alone for htmx, a page around it for everybody else."""
    part = "#strip" if request.htmx else ""
    return render(request, f"plans/waiting.html{part}")
