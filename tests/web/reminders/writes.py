"""Reminders write nothing that the record tells of."""

from tests.web.cases import exempt

from kafedra.web.reminders import services

exempt("a reminder changes nothing; that it was sent is kept in its own table", services.remind, services.remind_one)
