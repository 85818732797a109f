"""The REST door: token, scope, rules and problems for every app's views."""
