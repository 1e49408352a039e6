"""Events in, messages out: never storage, never each other."""
