"""Police zones, municipalities, provinces and judicial districts. Knows nothing of people or plans."""
