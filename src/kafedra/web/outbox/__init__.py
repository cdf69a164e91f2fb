"""The outbox: letters are stored with what causes them and sent by the running server, however long that takes."""
