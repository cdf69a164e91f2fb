"""What the API answers with and takes. Points are plain numbers, as in a report; moments are ISO 8601 with their zone.

What each field means is written here once: the document and the page about the API show it.
"""
