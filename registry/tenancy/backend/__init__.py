"""The PostgreSQL backend of Django with two corrections that keys of (tenant, id) need."""
