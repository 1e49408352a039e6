"""Pure data and rules: standard library only, time handed in."""
