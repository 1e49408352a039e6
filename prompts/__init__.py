"""Everything the bot says and knows, as YAML; a package so that an installed copy finds it."""
