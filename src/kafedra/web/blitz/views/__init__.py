"""Pages of blitzes: a phone's, the presenter's, practice."""
