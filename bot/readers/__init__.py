"""From bytes to domain; readers know the domain and not one another, beside strict_yaml."""
