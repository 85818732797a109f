"""The admin site, and the bases that every app's pages build on."""
