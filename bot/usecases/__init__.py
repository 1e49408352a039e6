"""What people or the clock can do: no language, no platform, one transaction each."""
