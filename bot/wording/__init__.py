"""From domain to words, in Dutch and English."""
