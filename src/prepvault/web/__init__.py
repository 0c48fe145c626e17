"""The local server: the dashboard, a JSON API and a calendar subscription over the same jobs, on loopback."""
