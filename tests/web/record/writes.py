"""The record itself."""

from tests.web.cases import exempt

from kafedra.web.record import services

exempt("the record itself", services.note)
