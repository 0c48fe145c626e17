"""One job per wish: load, decide, plan, apply; the only place where pure meets outside."""
