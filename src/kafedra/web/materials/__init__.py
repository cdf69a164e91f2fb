"""The course's site: topics with chapter and seminar, reading, homework, search."""
