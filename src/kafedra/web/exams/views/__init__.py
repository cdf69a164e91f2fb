"""Pages of exams: setting one, marking it, and what students see."""
