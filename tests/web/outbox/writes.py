"""The writes of letters."""

from __future__ import annotations

from tests.web.cases import Act, World, exempt, writes

from kafedra.web.outbox import services


@writes(services.send_again)
def a_failed_letter_again(w: World) -> Act:
    letter = services.put(address="a@example.org", subject="…", text="…", run=w.run)
    services.take()
    services.refuse(pk=letter.pk, error="550 no such user")
    return lambda: services.send_again(letter=letter, by=w.instructor)


exempt(
    "what becomes of a letter is kept with the letter, and listed on a page of its own",
    services.put, services.take, services.sent, services.refuse, services.put_off, services.unreachable,
    services.expire, services.release, services.look_again, services.forget_old,
)  # fmt: skip
exempt("reads only", services.pause_after)
