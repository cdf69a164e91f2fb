"""What the course changes in an assignment reaches those who have it already."""
