"""What tests stand on: servers of this run, databases, the live site."""
