"""Settings, the environment, the addresses of the server. Nobody imports it."""
