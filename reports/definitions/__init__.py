"""What each report is made of, as data; pure Python that models, queries, renderers and doors may read."""
