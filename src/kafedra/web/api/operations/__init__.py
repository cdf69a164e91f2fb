"""The operations of the API: each parses, asks an access function, calls one selector or service, and answers."""
